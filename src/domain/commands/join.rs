//! Joining by keyword: at once (single opt-in) or after "Reply YES to join" (double opt-in).

use uuid::Uuid;

use super::{agrees_to_join, begins_with_no, declines, holding, sign_up};
use crate::{
    consent::{ConsentKind, ConsentMethod},
    conversation::{Allowed, Context, Conversation, Enrolment, Question, Step, Turn},
    effect::Effect,
    language::{Language, Line, Reply},
    program::{Program, earn::Event},
    purse::{Change, Occasion, Person, Purse, Versions, draw::Draw},
    shop::{Keyword, OptIn, Shop},
    text::Text,
};

/// A keyword was texted: welcome a member back, ask, or enrol.
pub fn by_keyword(conversation: &Conversation, keyword: &Keyword, shop: &Shop, context: &Context<'_>) -> Turn {
    let referred_by = context.found.referrals.iter().find(|referral| referral.program_id == shop.program_id);
    let referred_by = referred_by.map(|referral| referral.purse_id);
    // Who had opted out consents afresh, as they did at first.
    let must_be_asked = conversation.is_silent() && shop.opt_in == OptIn::Double;
    match context.enrolment(shop.id) {
        Some(enrolment) if !enrolment.has_left && !must_be_asked => {
            welcome_back(conversation, shop, enrolment, ConsentMethod::Keyword, context)
        }
        _ if context.allowed == Allowed::NoJoining => {
            Turn::keeping(conversation, language_of(keyword, shop, conversation))
        }
        // Who was asked by the shop itself says yes by its keyword.
        _ => match shop.opt_in {
            OptIn::Double if !is_asked_by(conversation, shop, context) => {
                ask(conversation, keyword, shop, referred_by, context)
            }
            OptIn::Single | OptIn::Double => {
                enrol(conversation, Some(keyword), shop, (ConsentMethod::Keyword, referred_by), context)
            }
        },
    }
}

/// The language to speak to somebody who texted this keyword: the one they chose, the keyword's own, the shop's.
pub fn language_of(keyword: &Keyword, shop: &Shop, conversation: &Conversation) -> Language {
    conversation.language.or(keyword.language).unwrap_or(shop.language)
}

/// The same for somebody who texted one, or was invited.
fn language_for(keyword: Option<&Keyword>, shop: &Shop, conversation: &Conversation) -> Language {
    let invited = conversation.language.unwrap_or(shop.language);
    keyword.map_or(invited, |keyword| language_of(keyword, shop, conversation))
}

/// The answer to "Reply YES to join"; `None` when the text is neither yes nor no.
pub fn take_answer(
    (shop_id, keyword_id, referred_by): (Uuid, Option<Uuid>, Option<Uuid>),
    conversation: &Conversation,
    text: &Text,
    context: &Context<'_>,
) -> Option<Turn> {
    let shop = context.directory.shop(shop_id)?;
    let keyword = keyword_id.and_then(|id| context.directory.keyword(id));
    let method = if keyword_id.is_none() { ConsentMethod::Invitation } else { ConsentMethod::Answer };
    if agrees_to_join(text) {
        let member = context.enrolment(shop_id).filter(|enrolment| !enrolment.has_left);
        match (member, keyword) {
            (Some(enrolment), _) => Some(welcome_back(conversation, shop, enrolment, method, context)),
            // A keyword that was taken down meanwhile joins nobody any more.
            (None, None) if keyword_id.is_some() => None,
            (None, keyword) => Some(enrol(conversation, keyword, shop, (method, referred_by), context)),
        }
    } else if declines(text) || begins_with_no(text) {
        Some(decline(conversation, (keyword, method), shop, context))
    } else {
        None
    }
}

/// A keyword is fresh consent, also after STOP; nothing is doubled. A question of the shop's that waits is asked once more.
fn welcome_back(
    conversation: &Conversation,
    shop: &Shop,
    enrolment: &Enrolment,
    method: ConsentMethod,
    context: &Context<'_>,
) -> Turn {
    let language = conversation.language.unwrap_or(enrolment.language);
    let turn = Turn::keeping(conversation, language);
    let is_asking = |question: &Question| matches!(question.step, Step::SignUp { shop_id, .. } if shop_id == shop.id);
    let waits = conversation.open_question(context.now).is_some_and(is_asking);
    let turn = if waits { turn } else { turn.without_question_of(shop.id) };
    if conversation.is_silent() {
        let turn = leaving_others(turn, shop, context);
        let again = Effect::record(ConsentKind::OptInAgain, method, Some(shop.id));
        return turn.speaking_again().with(again).saying(confirmation(shop, holding::at(shop, context)), Some(shop.id));
    }
    // Where the shop is the only one, its keyword is fresh consent also to what a doubt had put off.
    let turn = if conversation.no_marketing_since.is_some() && !context.belongs_elsewhere(shop.id) {
        turn.speaking_again().with(Effect::record(ConsentKind::Marketing, method, Some(shop.id)))
    } else {
        turn
    };
    let line = match context.member_at(shop).and_then(|member| member.first_name.as_deref()) {
        Some(name) => Line::new("join-already-named").text("name", name),
        None => Line::new("join-already"),
    };
    let line = line.text("shop", shop.name.as_str()).part("held", holding::at(shop, context));
    let turn = turn.saying(line, Some(shop.id));
    sign_up::resume(turn, conversation, context)
}

/// After STOP, which ended all, consent for one shop is none for the others: their points wait for their own keywords.
fn leaving_others(turn: Turn, shop: &Shop, context: &Context<'_>) -> Turn {
    let others = context.memberships().filter(|(other, _)| other.id != shop.id);
    others.fold(turn, |turn, (other, _)| turn.with(Effect::Leave { shop_id: other.id }))
}

fn ask(
    conversation: &Conversation,
    keyword: &Keyword,
    shop: &Shop,
    referred_by: Option<Uuid>,
    context: &Context<'_>,
) -> Turn {
    let step = Step::ConfirmJoin { shop_id: shop.id, keyword_id: Some(keyword.id), referred_by };
    let question = Question::new(step, context.now);
    let line =
        Line::new("join-question").text("shop", shop.name.as_str()).count("per_month", shop.messages_per_month.into());
    Turn::keeping(conversation, language_of(keyword, shop, conversation))
        .asking(question)
        .with(Effect::record(ConsentKind::Asked, ConsentMethod::Keyword, Some(shop.id)))
        .saying(line, Some(shop.id))
}

/// Makes a member, or brings one back who had left, with what they had then. What waited for them is theirs.
fn enrol(
    conversation: &Conversation,
    keyword: Option<&Keyword>,
    shop: &Shop,
    (method, referred_by): (ConsentMethod, Option<Uuid>),
    context: &Context<'_>,
) -> Turn {
    let language = language_for(keyword, shop, conversation);
    let mut turn = Turn::keeping(conversation, language).without_question_of(shop.id);
    if conversation.is_silent() {
        turn = leaving_others(turn, shop, context);
    }
    turn =
        turn.speaking_again().with(Effect::Enrol { shop_id: shop.id, keyword_id: keyword.map(|keyword| keyword.id) });
    if !conversation.is_silent() && context.belongs_elsewhere(shop.id) {
        // What the other shops may send is not for this keyword to say.
        turn.conversation.no_marketing_since = conversation.no_marketing_since;
    }
    let former = context.enrolment(shop.id);
    let mut draw = context.draw();
    let held = match open_purse(shop, referred_by, context, &mut draw) {
        Some((program, change)) => {
            let purse = change.purse.clone();
            turn = turn.with(Effect::post(shop.id, change));
            let purse = sell_waiting(&mut turn, purse, program, shop, context, &mut draw);
            holding::in_purse(program, &purse)
        }
        None => match context.held_at(shop).filter(|_| !context.waiting.is_empty()) {
            Some(held) => {
                let purse = sell_waiting(&mut turn, held.purse.clone(), &held.program, shop, context, &mut draw);
                holding::in_purse(&held.program, &purse)
            }
            None => holding::at(shop, context),
        },
    };
    if is_invited(conversation, shop) {
        turn = turn.with(Effect::EndInvitation { shop_id: shop.id, is_accepted: true });
    }
    let turn = turn
        .with(Effect::record(ConsentKind::OptIn, method, Some(shop.id)))
        .saying(confirmation(shop, held), Some(shop.id));
    if former.is_some() { turn } else { sign_up::begin(turn, shop, context) }
}

/// What a new member is given; `None` for one who has a purse in the shop's program already.
fn open_purse<'a>(
    shop: &Shop,
    referred_by: Option<Uuid>,
    context: &'a Context<'_>,
    draw: &mut Draw,
) -> Option<(&'a Program, Change)> {
    let program = context.program_of(shop).filter(|_| context.held_at(shop).is_none())?;
    let purse = Purse { referred_by, ..Purse::default() };
    let occasion = context.occasion("joined", shop.id, shop);
    let (change, _) = purse.earn(program, &Person::default(), Event::Joined, shop.time_zone, occasion, draw);
    Some((program, change))
}

/// What they bought since they were invited becomes purchases, each judged at its own time. Answers the purse afterwards.
fn sell_waiting(
    turn: &mut Turn,
    mut purse: Purse,
    program: &Program,
    shop: &Shop,
    context: &Context<'_>,
    draw: &mut Draw,
) -> Purse {
    for waiting in context.waiting.iter().filter(|waiting| waiting.shop_id == shop.id) {
        let judged = context.directory.program_at(shop.program_id, waiting.bought.sale.at);
        let versions = Versions { now: program, judged: judged.map_or(program, |judged| &**judged) };
        let occasion = Occasion { actor: waiting.actor.clone(), ..context.occasion("sale", "", shop) };
        let person = context.held_at(shop).map(|held| held.person.clone()).unwrap_or_default();
        let (changes, record) = waiting.sell(purse.clone(), versions, &person, shop.time_zone, &occasion, draw);
        purse = changes.last().map_or(purse, |change| change.purse.clone());
        turn.effects.extend(changes.into_iter().map(|change| Effect::post(shop.id, change)));
        turn.effects.push(Effect::KeepSale { shop_id: shop.id, id: waiting.id, record: Box::new(record) });
    }
    purse
}

/// Whether the shop's invitation waits for an answer, or was turned down before.
fn is_invited(conversation: &Conversation, shop: &Shop) -> bool {
    conversation.question.as_ref().is_some_and(|question| question.step.invited_by() == Some(shop.id))
}

/// Whether the shop's invitation waits for an answer now.
fn is_asked_by(conversation: &Conversation, shop: &Shop, context: &Context<'_>) -> bool {
    let question = conversation.open_question(context.now);
    !conversation.is_silent() && question.is_some_and(|question| question.step.invited_by() == Some(shop.id))
}

/// What carriers ask of it: program, recurring and how often, rates, HELP, STOP. (CTIA, 10DLC campaign rules.)
fn confirmation(shop: &Shop, held: Line) -> Reply {
    Line::new("join-confirmed")
        .text("shop", shop.name.as_str())
        .part("held", held)
        .count("per_month", shop.messages_per_month.into())
        .into()
}

fn decline(
    conversation: &Conversation,
    (keyword, method): (Option<&Keyword>, ConsentMethod),
    shop: &Shop,
    context: &Context<'_>,
) -> Turn {
    let language = language_for(keyword, shop, conversation);
    let declined = Effect::record(ConsentKind::Declined, method, Some(shop.id));
    let mut turn = Turn::keeping(conversation, language).with(declined);
    let mut keyword = keyword;
    if is_invited(conversation, shop) {
        turn = turn.with(Effect::EndInvitation { shop_id: shop.id, is_accepted: false });
        keyword = context.directory.offer_of(shop, context.sender.id, language, context.now);
    }
    if conversation.is_silent() {
        return turn.without_question_of(shop.id);
    }
    let turn = turn.turned_down();
    let line = match keyword.filter(|keyword| keyword.is_live(context.now)) {
        Some(keyword) => Line::new("join-declined").text("phrase", keyword.phrase.display()),
        None => Line::new("join-declined-short"),
    };
    turn.saying(line.text("shop", shop.name.as_str()), Some(shop.id))
}
