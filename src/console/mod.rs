//! The merchant's console and the till: every page on one screen, rendered here, readable and usable without JavaScript.

mod access;
mod assets;
mod audit;
mod browser;
mod code;
mod cookies;
mod devices;
mod door;
mod drawing;
mod form;
mod hints;
mod home;
mod icons;
mod inbox;
mod invited;
mod keywords;
mod me;
mod members;
mod merchants;
mod operator;
mod overview;
mod page;
mod people;
mod pins;
mod places;
mod program;
mod say;
mod set_up;
mod settings;
mod shops;
mod sign;
mod sign_in;
mod start;
mod till;
mod trouble;
mod viewer;
mod words;

use actix_web::{
    Resource,
    middleware::{Compress, from_fn},
    web,
};

use access::{ANYONE, Access, MANAGER, OPERATOR, OWNER, STAFF, VIEWER, by};
use trouble::Trouble;

/// Gives a page its methods.
type Answer = fn(Resource) -> Resource;

/// Every page with who may open it and who may send its forms, and what it answers to.
const PAGES: &[(&str, Access, Answer)] = &[
    ("/console", by(VIEWER, VIEWER), |at| at.get(home::page)),
    ("/console/sign-in", by(ANYONE, ANYONE), |at| at.get(sign_in::page).post(sign_in::submit)),
    ("/console/sign-in/code", by(ANYONE, ANYONE), |at| at.get(code::page).post(code::submit)),
    ("/console/invited/{token}", by(ANYONE, ANYONE), |at| at.get(invited::page).post(invited::submit)),
    ("/console/sign-out", by(VIEWER, VIEWER).at_the_till(), |at| at.post(sign_in::leave)),
    ("/console/set-up", by(ANYONE, ANYONE), |at| at.get(set_up::page).post(set_up::submit)),
    ("/console/me", by(VIEWER, VIEWER), |at| at.get(me::page).post(me::submit)),
    ("/console/me/name", by(VIEWER, VIEWER), |at| at.post(me::rename)),
    ("/console/me/password", by(VIEWER, VIEWER), |at| at.post(me::change_password)),
    ("/console/me/sessions", by(VIEWER, VIEWER), |at| at.post(me::end_sessions)),
    ("/console/me/pin", by(VIEWER, VIEWER), |at| at.post(me::change_pin)),
    ("/console/me/codes", by(VIEWER, VIEWER), |at| at.get(me::codes::page).post(me::codes::turn_on)),
    ("/console/me/codes/off", by(VIEWER, VIEWER), |at| at.post(me::codes::turn_off)),
    ("/console/me/codes/recovery", by(VIEWER, VIEWER), |at| at.post(me::codes::renew)),
    ("/console/merchants/{merchant_id}/people", by(OWNER, OWNER), |at| at.get(people::page).post(people::invite)),
    ("/console/merchants/{merchant_id}/people/links/{link_id}", by(OWNER, OWNER), |at| at.post(people::withdraw)),
    ("/console/merchants/{merchant_id}/people/{person_id}", by(OWNER, OWNER), |at| {
        at.get(people::one::page).post(people::one::appoint)
    }),
    ("/console/merchants/{merchant_id}/people/{person_id}/link", by(OWNER, OWNER), |at| at.post(people::one::link)),
    ("/console/merchants/{merchant_id}/people/{person_id}/codes", by(OWNER, OWNER), |at| {
        at.post(people::one::drop_codes)
    }),
    ("/console/merchants/{merchant_id}/people/{person_id}/remove", by(OWNER, OWNER), |at| at.post(people::one::remove)),
    ("/console/merchants/{merchant_id}/audit", by(MANAGER, MANAGER), |at| at.get(audit::page)),
    ("/console/operator", by(OPERATOR, OPERATOR), |at| at.get(merchants::page).post(merchants::create)),
    ("/console/operator/audit", by(OPERATOR, OPERATOR), |at| at.get(audit::page)),
    ("/console/operator/operators", by(OPERATOR, OPERATOR), |at| at.get(people::page).post(people::invite)),
    ("/console/operator/operators/links/{link_id}", by(OPERATOR, OPERATOR), |at| at.post(people::withdraw)),
    ("/console/operator/operators/{person_id}", by(OPERATOR, OPERATOR), |at| at.get(people::one::page)),
    ("/console/operator/operators/{person_id}/link", by(OPERATOR, OPERATOR), |at| at.post(people::one::link)),
    ("/console/operator/operators/{person_id}/codes", by(OPERATOR, OPERATOR), |at| at.post(people::one::drop_codes)),
    ("/console/operator/operators/{person_id}/remove", by(OPERATOR, OPERATOR), |at| at.post(people::one::remove)),
    ("/console/shops/{shop_id}/words", by(VIEWER, VIEWER), |at| at.get(words::page)),
    ("/console/shops/{shop_id}/words/{language}/{key}", by(VIEWER, MANAGER), |at| {
        at.get(words::one::page).post(words::one::submit)
    }),
    ("/console/shops/{shop_id}/words/{language}/{key}/look", by(VIEWER, MANAGER), |at| at.post(words::one::look)),
    ("/console/shops/{shop_id}/words/{language}/{key}/reset", by(VIEWER, MANAGER), |at| at.post(words::one::reset)),
    ("/console/shops/{shop_id}", by(VIEWER, VIEWER), |at| at.get(overview::page)),
    ("/console/shops/{shop_id}/figures/{file}", by(VIEWER, VIEWER), |at| at.get(overview::file)),
    ("/console/operator/senders", by(OPERATOR, OPERATOR), |at| at.get(operator::senders::page)),
    ("/console/operator/traffic", by(OPERATOR, OPERATOR), |at| at.get(operator::traffic::page)),
    ("/console/operator/traffic/tail", by(OPERATOR, OPERATOR), |at| at.get(operator::traffic::follow)),
    ("/console/operator/settings", by(OPERATOR, OPERATOR), |at| at.get(operator::settings::page)),
    ("/console/shops/{shop_id}/till", by(STAFF, STAFF), |at| at.get(till::lead_in)),
    ("/console/merchants/{merchant_id}/devices", by(MANAGER, MANAGER), |at| {
        at.get(devices::page).post(devices::approve)
    }),
    ("/console/merchants/{merchant_id}/devices/{device_id}/remove", by(MANAGER, MANAGER), |at| {
        at.post(devices::remove)
    }),
    ("/console/merchants/{merchant_id}/pins", by(MANAGER, MANAGER), |at| at.get(pins::page).post(pins::add)),
    ("/console/merchants/{merchant_id}/pins/{person_id}", by(MANAGER, MANAGER), |at| at.post(pins::set)),
    ("/till", by(ANYONE, ANYONE), |at| at.get(till::door::page)),
    ("/till/open", by(ANYONE, ANYONE), |at| at.post(till::door::open)),
    ("/till/sign-in", by(ANYONE, ANYONE), |at| at.post(till::door::sign_in)),
    ("/till/worker.js", by(ANYONE, ANYONE), |at| at.get(till::worker::serve)),
    ("/till/{shop_id}", by(STAFF, STAFF).at_the_till(), |at| at.get(till::pages::start)),
    ("/till/{shop_id}/shell", by(STAFF, STAFF).at_the_till(), |at| at.get(till::pages::shell)),
    ("/till/{shop_id}/find", by(STAFF, STAFF).at_the_till(), |at| at.post(till::pages::find)),
    ("/till/{shop_id}/members/{member_id}", by(STAFF, STAFF).at_the_till(), |at| at.get(till::pages::member)),
    ("/till/{shop_id}/voucher", by(STAFF, STAFF).at_the_till(), |at| at.post(till::pages::voucher)),
    ("/till/{shop_id}/record", by(STAFF, STAFF).at_the_till(), |at| at.post(till::recording::record)),
    ("/till/{shop_id}/orders", by(STAFF, STAFF).at_the_till(), |at| at.post(till::take_order)),
    ("/till/{shop_id}/deeds/{deed_id}", by(STAFF, STAFF).at_the_till(), |at| at.get(till::deeds::page)),
    ("/till/{shop_id}/pin", by(STAFF, STAFF).at_the_till(), |at| {
        at.get(till::own_pin::page).post(till::own_pin::submit)
    }),
    ("/till/{shop_id}/undo", by(STAFF, STAFF).at_the_till(), |at| at.post(till::recording::undo)),
    ("/console/shops/{shop_id}/members", by(VIEWER, VIEWER), |at| at.get(members::list::page)),
    ("/console/shops/{shop_id}/members/{member_id}", by(VIEWER, VIEWER), |at| at.get(members::overview::page)),
    ("/console/shops/{shop_id}/members/{member_id}/entries", by(VIEWER, VIEWER), |at| at.get(members::history::page)),
    ("/console/shops/{shop_id}/members/{member_id}/conversation", by(STAFF, STAFF), |at| {
        at.get(members::said::conversation)
    }),
    ("/console/shops/{shop_id}/members/{member_id}/consent", by(STAFF, STAFF), |at| at.get(members::said::consent)),
    ("/console/shops/{shop_id}/members/{member_id}/profile", by(STAFF, STAFF), |at| at.get(members::said::profile)),
    ("/console/shops/{shop_id}/members/{member_id}/why", by(STAFF, STAFF), |at| at.get(members::way::of_member)),
    ("/console/shops/{shop_id}/members/{member_id}/messages/{message_id}", by(STAFF, STAFF), |at| {
        at.get(members::way::of_text)
    }),
    ("/console/shops/{shop_id}/members/{member_id}/adjust", by(MANAGER, MANAGER), |at| {
        at.post(members::counter::adjust)
    }),
    ("/console/shops/{shop_id}/members/{member_id}/rewards", by(STAFF, STAFF), |at| at.post(members::counter::issue)),
    ("/console/shops/{shop_id}/members/{member_id}/vouchers", by(STAFF, STAFF), |at| {
        at.post(members::counter::end_voucher)
    }),
    ("/console/shops/{shop_id}/members/{member_id}/merge", by(MANAGER, MANAGER), |at| {
        at.get(members::merging::page).post(members::merging::submit)
    }),
    ("/console/shops/{shop_id}/members/{member_id}/export", by(MANAGER, MANAGER), |at| {
        at.get(members::erasing::export)
    }),
    ("/console/shops/{shop_id}/members/{member_id}/erase", by(MANAGER, MANAGER), |at| {
        at.get(members::erasing::page).post(members::erasing::submit)
    }),
    ("/console/shops/{shop_id}/inbox", by(STAFF, STAFF), |at| at.get(inbox::page)),
    ("/console/shops/{shop_id}/inbox/{item_id}/reply", by(STAFF, STAFF), |at| at.post(inbox::reply)),
    ("/console/shops/{shop_id}/inbox/{item_id}/done", by(STAFF, STAFF), |at| at.post(inbox::mark)),
    ("/console/shops/{shop_id}/program", by(VIEWER, MANAGER), |at| at.get(program::page).post(program::begin)),
    ("/console/shops/{shop_id}/program/draft", by(VIEWER, MANAGER), |at| {
        at.get(program::draft_page).post(program::change_draft)
    }),
    ("/console/shops/{shop_id}/program/draft/whole", by(VIEWER, MANAGER), |at| {
        at.get(program::whole_page).post(program::write_whole)
    }),
    ("/console/shops/{shop_id}/program/draft/{section}/{index}", by(VIEWER, MANAGER), |at| {
        at.get(program::part_page).post(program::change_part)
    }),
    ("/console/shops/{shop_id}/program/try", by(VIEWER, VIEWER), |at| {
        at.get(program::try_page).post(program::try_sale)
    }),
    ("/console/shops/{shop_id}/program/replay", by(VIEWER, MANAGER), |at| {
        at.get(program::replay_page).post(program::begin_replay)
    }),
    ("/console/shops/{shop_id}/program/publish", by(VIEWER, MANAGER), |at| {
        at.get(program::publish_page).post(program::publish)
    }),
    ("/console/shops/{shop_id}/program/versions", by(VIEWER, MANAGER), |at| {
        at.get(program::versions_page).post(program::bring_back)
    }),
    ("/console/shops/{shop_id}/program/versions/{version}", by(VIEWER, VIEWER), |at| at.get(program::version_page)),
    ("/console/merchants/{merchant_id}/shops", by(VIEWER, OWNER), |at| at.get(shops::page)),
    ("/console/merchants/{merchant_id}/start", by(OWNER, OWNER), |at| {
        at.get(start::shop::page).post(start::shop::submit)
    }),
    ("/console/shops/{shop_id}/start", by(MANAGER, MANAGER), |at| at.get(start::go_on)),
    ("/console/shops/{shop_id}/start/keyword", by(MANAGER, MANAGER), |at| {
        at.get(start::keyword::page).post(start::keyword::submit)
    }),
    ("/console/shops/{shop_id}/start/program", by(MANAGER, MANAGER), |at| {
        at.get(start::program::page).post(start::program::submit)
    }),
    ("/console/shops/{shop_id}/start/words", by(MANAGER, MANAGER), |at| at.get(start::words::page)),
    ("/console/shops/{shop_id}/start/try", by(MANAGER, MANAGER), |at| {
        at.get(start::trial::page).post(start::trial::submit)
    }),
    ("/console/shops/{shop_id}/start/sign", by(MANAGER, MANAGER), |at| at.get(start::sign::page)),
    ("/console/shops/{shop_id}/keywords", by(VIEWER, MANAGER), |at| at.get(keywords::page)),
    ("/console/shops/{shop_id}/keywords/new", by(MANAGER, MANAGER), |at| {
        at.get(keywords::edit::blank).post(keywords::edit::create)
    }),
    ("/console/shops/{shop_id}/keywords/check", by(MANAGER, MANAGER), |at| at.get(keywords::verdict::check)),
    ("/console/shops/{shop_id}/keywords/{keyword_id}", by(VIEWER, MANAGER), |at| {
        at.get(keywords::edit::page).post(keywords::edit::submit)
    }),
    ("/console/shops/{shop_id}/keywords/{keyword_id}/end", by(MANAGER, MANAGER), |at| at.post(keywords::edit::end)),
    ("/console/shops/{shop_id}/keywords/{keyword_id}/delete", by(MANAGER, MANAGER), |at| {
        at.post(keywords::edit::delete)
    }),
    ("/console/shops/{shop_id}/keywords/{keyword_id}/qr.svg", by(VIEWER, MANAGER), |at| at.get(sign::svg)),
    ("/console/shops/{shop_id}/keywords/{keyword_id}/qr.png", by(VIEWER, MANAGER), |at| at.get(sign::png)),
    ("/console/shops/{shop_id}/keywords/{keyword_id}/sign", by(VIEWER, MANAGER), |at| at.get(sign::page)),
    ("/console/shops/{shop_id}/keywords/{keyword_id}/sign.pdf", by(VIEWER, MANAGER), |at| at.get(sign::pdf)),
    ("/console/shops/{shop_id}/settings", by(MANAGER, MANAGER), |at| at.get(settings::page)),
    ("/console/shops/{shop_id}/settings/{section}", by(MANAGER, MANAGER), |at| at.post(settings::submit)),
];

/// Every address, as it is written in `PAGES`.
pub fn addresses() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|(path, ..)| *path)
}

/// All pages.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/", web::get().to(home::lead_in))
        .route("/console/assets/{version}/{file}", web::get().to(assets::serve));
    for scope in ["/console", "/till"] {
        let mut pages = web::scope(scope).default_service(web::to(async || Err::<&str, _>(Trouble::NotFound)));
        for (path, access, answer) in PAGES.iter().filter(|(path, ..)| path.starts_with(scope)) {
            let resource = answer(web::resource(path.trim_start_matches(scope)));
            let resource = resource.default_service(web::to(async || Err::<&str, _>(Trouble::NotFound)));
            pages = pages.service(resource.wrap(from_fn(|request, next| door::admit(*access, request, next))));
        }
        config.service(pages.wrap(from_fn(door::open)).wrap(Compress::default()));
    }
}
