//! Where a command is meant: at which of a member's shops. Shops that share a program count once.

use std::{borrow::Cow, sync::Arc};

use chrono::NaiveDate;
use uuid::Uuid;

use super::{COMMANDS, choose, hint, is_keep, is_no};
use crate::{
    conversation::{Context, Conversation, Held, Question, SpokenOf, Step, Turn},
    language::{Language, Line, Reply},
    program::Program,
    purse::{Person, Purse},
    shop::Shop,
    text::Text,
};

/// A shop of the member's, with what they hold in its program.
#[derive(Clone)]
pub struct Place<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// What they hold.
    pub held: Cow<'a, Held>,
}

impl<'a> Place<'a> {
    /// What the member holds at a shop, who may hold nothing yet.
    pub fn of(shop: &'a Shop, context: &'a Context<'_>) -> Option<Self> {
        let nothing = || {
            let program = Arc::clone(context.program_of(shop)?);
            let (purse, person) = (Purse::default(), Person::default());
            Some(Cow::Owned(Held { program, purse, person, referral_code: None, stock_left: Vec::new() }))
        };
        let held = context.held_at(shop).map(Cow::Borrowed).or_else(nothing)?;
        Some(Self { shop, held })
    }

    /// The program.
    pub fn program(&self) -> &Program {
        &self.held.program
    }

    /// What they hold in it.
    pub fn purse(&self) -> &Purse {
        &self.held.purse
    }

    /// The day on the program's calendar.
    pub fn today(&self, context: &Context<'_>) -> NaiveDate {
        self.program().day(context.now)
    }

    /// A line in the shop's name.
    pub fn line(&self, key: &'static str) -> Line {
        Line::new(key).text("shop", self.shop.name.as_str())
    }
}

/// The member's programs, each once: at the shop last spoken of, or else at the one that was joined first.
pub fn all<'a>(conversation: &Conversation, context: &'a Context<'_>) -> Vec<Place<'a>> {
    let meant = conversation.shop_meant(context.now);
    let mut places: Vec<Place<'_>> = Vec::new();
    for place in context.memberships().filter_map(|(shop, _)| Place::of(shop, context)) {
        match places.iter_mut().find(|known| known.program().id == place.program().id) {
            Some(known) if Some(place.shop.id) == meant => *known = place,
            Some(_) => {}
            None => places.push(place),
        }
    }
    places
}

/// What is asked of a program.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    /// The name of the command.
    pub command: &'static str,
    /// The shop's name or keyword, where one is said.
    pub shop: Option<&'r str>,
    /// What else is said, to be kept until the shop is known.
    pub said: Option<&'r str>,
    /// Whether there is anything to answer at a place.
    pub uses: fn(&Place<'_>) -> bool,
    /// The message that says that there is not.
    pub none: &'static str,
}

/// Answers at the place that is meant; asks which one it is where it may be several.
pub fn at<'a>(
    request: Request<'_>,
    conversation: &Conversation,
    context: &'a Context<'_>,
    answer: impl Fn(&Place<'a>) -> Turn,
) -> Turn {
    let own: Vec<&Shop> = context.memberships().map(|(shop, _)| shop).collect();
    let named = request.shop.and_then(|said| choose::shop_named(said, &own, context.directory));
    let (using, others): (Vec<_>, Vec<_>) = match named.and_then(|shop| Place::of(shop, context)) {
        Some(place) => vec![place],
        None => all(conversation, context),
    }
    .into_iter()
    .partition(|place| (request.uses)(place));
    let meant = conversation.shop_meant(context.now);
    match using.as_slice() {
        [] => match others.iter().find(|place| Some(place.shop.id) == meant).or_else(|| others.first()) {
            Some(place) => {
                let turn = Turn::keeping(conversation, context.language(conversation));
                turn.saying(place.line(request.none), Some(place.shop.id))
            }
            None => hint::not_a_member(conversation, context),
        },
        [only] => answer(only),
        several => match several.iter().find(|place| Some(place.shop.id) == meant) {
            Some(place) => answer(place),
            None => ask_which(request, several, conversation, context),
        },
    }
}

fn ask_which(request: Request<'_>, places: &[Place<'_>], conversation: &Conversation, context: &Context<'_>) -> Turn {
    let language = context.language(conversation);
    let shops: Vec<&Shop> = places.iter().map(|place| place.shop).collect();
    let (reply, offered) = which(&shops, language);
    let step = Step::AtShop {
        command: request.command.to_owned(),
        said: request.said.map(str::to_owned),
        shop_ids: shops.iter().take(offered).map(|shop| shop.id).collect(),
    };
    Turn::keeping(conversation, language).asking(Question::new(step, context.now)).saying(reply, None)
}

/// The question with a numbered list of the shops, as many as fit; and how many that are.
fn which(shops: &[&Shop], language: Language) -> (Reply, usize) {
    let choices: Vec<Line> = shops.iter().map(|shop| choose::named(shop.name.as_str())).collect();
    choose::from(&Line::new("which-shop"), &choices, language)
}

/// "At which shop?" once more.
pub fn reminder(shop_ids: &[Uuid], language: Language, context: &Context<'_>) -> Reply {
    let shops: Vec<&Shop> = shop_ids.iter().filter_map(|id| context.directory.shop(*id)).collect();
    which(&shops, language).0
}

/// The answer to "At which shop?"; `None` when it is none.
pub fn take_answer(
    (command, said, shop_ids): (&str, Option<&str>, &[Uuid]),
    conversation: &Conversation,
    text: &Text,
    context: &Context<'_>,
) -> Option<Turn> {
    if is_no(text) || is_keep(text) {
        let turn = Turn::keeping(conversation, context.language(conversation)).without_question();
        return Some(turn.saying(Line::new("leave-kept"), None));
    }
    let shops: Vec<&Shop> = shop_ids.iter().filter_map(|id| context.directory.shop(*id)).collect();
    let picked = choose::pick(text, shops.iter().map(|shop| shop.name.as_str()));
    let shop = picked.and_then(|place| shops.get(place).copied());
    let shop = shop.or_else(|| choose::shop_named(text.normal(), &shops, context.directory))?;
    let command = COMMANDS.iter().find(|known| known.name == command)?;
    let spoken_of = Some(SpokenOf { shop_id: shop.id, at: context.now });
    let conversation = Conversation { question: None, spoken_of, ..conversation.clone() };
    Some((command.answer)(&conversation, said, context))
}
