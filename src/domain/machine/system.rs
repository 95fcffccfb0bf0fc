//! Texts of other programs to whoever has the number: codes to log in with, parcels on their way, cards and bills.
//!
//! Each tells somebody of something of theirs. A person who tells of it speaks of themselves, or asks.

use super::{
    asks,
    phrases::{List, Said},
};
use crate::text::Text;

/// The rule by which a text is one of another program's.
pub(super) fn rule(text: &Text, said: Said) -> Option<&'static str> {
    let rule = match () {
        () if said.has(List::Code) && has_a_code(text) => "verification-code",
        () if said.has(List::CodeWord) && said.has(List::Secret) && has_a_code(text) => "verification-code",
        () if said.has(List::Parcel) && said.has(List::UnderWay) => "parcel",
        () if said.has(List::Account) && has_digits(text) => "account",
        () => return None,
    };
    (!asks(text) && !said.wants_out() && !speaks_of_oneself(text)).then_some(rule)
}

fn has_digits(text: &Text) -> bool {
    text.normal().contains(|c: char| c.is_ascii_digit())
}

/// Whether there are four to ten digits, perhaps in two parts: 123456, 123-456, G-123456.
fn has_a_code(text: &Text) -> bool {
    let digits_of = |run: &str| run.len().max(1);
    let normal = text.normal();
    let runs = normal.split(|c: char| !c.is_ascii_digit()).map(digits_of);
    let in_parts = || {
        let words: Vec<&str> = text.words().collect();
        let is_part = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        words.windows(2).any(|two| two.iter().all(|word| is_part(word)))
    };
    runs.into_iter().any(|digits| CODE_DIGITS.contains(&digits)) || in_parts()
}

/// How many digits a code has.
const CODE_DIGITS: std::ops::RangeInclusive<usize> = 4..=10;

fn speaks_of_oneself(text: &Text) -> bool {
    text.words().any(|word| OF_ONESELF.contains(&word)) || text.normal().contains('我')
}

const OF_ONESELF: &[&str] = &[
    "i", "im", "ive", "ill", "my", "me", "mine", "we", "our", "yo", "mi", "mis", "je", "jai", "mon", "ma", "mes",
    "moi", "eu", "meu", "mea", "mele", "imi",
];

/// What such codes are called, and nothing else is.
#[rustfmt::skip]
pub(super) const CODES: &[&str] = &[
    "verification code", "verification pin", "verify code", "security code", "confirmation code", "authentication code", "authorization code",
    "activation code", "access code", "login code", "log in code", "sign in code", "signin code", "2fa code", "one time code", "one time passcode",
    "one time password", "one time pin", "passcode is", "temporary code", "temporary password", "reset code", "account code", "otp", "otp is",
    "is your code", "code to verify", "code to log in", "code to sign in",
    "codigo de verificacion", "codigo de seguridad", "codigo de confirmacion", "codigo de acceso", "codigo de autenticacion", "codigo de activacion",
    "codigo de inicio de sesion", "codigo de un solo uso", "codigo temporal", "clave de un solo uso", "clave dinamica", "clave temporal",
    "contrasena de un solo uso", "es tu codigo", "es su codigo",
    "code de verification", "code de securite", "code de confirmation", "code de connexion", "code dacces", "code dauthentification",
    "code dactivation", "code de validation", "code a usage unique", "code temporaire", "mot de passe a usage unique", "mot de passe temporaire",
    "est votre code", "est ton code",
    "cod de verificare", "codul de verificare", "codul tau de verificare", "cod de securitate", "codul de securitate", "cod de confirmare",
    "codul de confirmare", "codul tau de confirmare", "cod de autentificare", "codul de autentificare", "cod de acces", "codul de acces", "cod de activare", "codul de activare",
    "cod unic", "codul unic", "cod de unica folosinta", "parola de unica folosinta", "parola unica", "este codul tau", "este codul dvs",
    "este codul dumneavoastra",
    "验证码", "驗證碼", "校验码", "动态码", "动态密码", "安全码", "确认码", "登录码", "激活码", "一次性密码", "一次性密碼",
];

/// What may also be called so by a shop.
pub(super) const CODE_WORDS: &[&str] = &[
    "code",
    "pin",
    "passcode",
    "password",
    "codigo",
    "clave",
    "contrasena",
    "mot de passe",
    "cod",
    "codul",
    "parola",
    "密码",
    "代码",
    "代碼",
    "密碼",
];

/// What is said of a secret: to keep it, until when, and what if one has not asked for it.
#[rustfmt::skip]
pub(super) const SECRETS: &[&str] = &[
    "do not share", "dont share", "never share", "not share it", "not share this", "do not give", "do not disclose", "do not forward",
    "will never ask", "never ask for", "expires in", "will expire", "expire in", "valid for", "valid until", "didnt request", "did not request",
    "wasnt you", "was not you", "verify your", "to log in", "to login", "to sign in", "to confirm your", "to reset your",
    "no lo compartas", "no lo comparta", "no compartas", "no comparta", "no lo compartan", "nunca te pediremos", "nunca lo compartas", "caduca en",
    "expira en", "vence en", "valido por", "valido durante", "si no solicitaste", "si no lo solicitaste", "si no has sido tu", "si no fuiste tu",
    "para iniciar sesion", "para verificar", "ne le partagez", "ne partagez", "ne le communiquez", "ne communiquez", "ne le transmettez",
    "ne le divulguez", "ne le donnez", "expire dans", "valable", "valide pendant", "si vous netes pas a lorigine", "si vous navez pas demande",
    "pour vous connecter", "pour confirmer", "pour verifier",
    "nu il divulga", "nu il divulgati", "nu divulgati", "nu divulga", "nu il comunica", "nu il comunicati", "nu comunicati", "nu il impartasi",
    "nu impartasi", "nu il transmite", "nu il transmiteti", "nu il da", "expira in", "valabil", "daca nu ai solicitat", "daca nu ati solicitat", "pentru autentificare",
    "pentru confirmare", "pentru a confirma",
    "请勿", "切勿", "勿泄露", "不要告诉", "不要泄露", "勿告知", "分钟内有效", "有效期", "如非本人", "請勿", "分鐘內有效",
];

/// What is theirs and comes to them.
#[rustfmt::skip]
pub(super) const PARCELS: &[&str] = &[
    "your package", "your parcel", "your shipment", "your order", "your delivery", "your item", "your items", "a package for you", "your mail",
    "your usps", "your ups", "your fedex", "your dhl", "your amazon", "usps", "ups", "fedex", "dhl", "package with tracking",
    "tu paquete", "su paquete", "tu pedido", "su pedido", "tu envio", "su envio", "tu compra", "su compra", "tu entrega", "su entrega", "un paquete",
    "votre colis", "ton colis", "votre commande", "votre livraison", "votre envoi", "un colis", "le colis",
    "coletul", "coletul tau", "comanda ta", "comanda dvs", "comanda dumneavoastra", "pachetul", "expedierea ta", "livrarea", "expeditia",
    "包裹", "快递", "快件", "订单", "取件码", "包裏", "快遞", "訂單",
];

/// Where it is.
#[rustfmt::skip]
pub(super) const UNDER_WAY: &[&str] = &[
    "out for delivery", "has been delivered", "was delivered", "is delivered", "delivered at", "delivered to", "has shipped", "has been shipped", "was shipped",
    "is on its way", "is on the way", "on its way", "will be delivered", "will arrive", "is arriving", "arriving today", "arriving tomorrow", "arrives today",
    "ready for pickup", "ready to be picked up", "ready for collection", "delivery attempt", "could not deliver", "tracking number", "track your", "track it", "track at", "tracking",
    "in transit", "has been dispatched", "was dispatched", "is scheduled for delivery", "is being held", "is on hold",
    "en reparto", "ha sido entregado", "fue entregado", "se ha entregado", "ha sido enviado", "fue enviado", "se ha enviado", "esta en camino", "va en camino",
    "sera entregado", "se entregara", "llega hoy", "llegara", "listo para recoger", "numero de seguimiento", "rastrea", "en transito", "ha salido", "esta retenido",
    "en cours de livraison", "a ete livre", "a ete livree", "est livre", "a ete expedie", "a ete expediee", "est expedie", "sera livre", "sera livree", "est en route", "est en chemin",
    "en cours dacheminement", "est arrive", "est disponible", "est en attente", "numero de suivi", "suivez", "suivre", "point relais",
    "a fost livrat", "a fost livrata", "in curs de livrare", "va fi livrat", "va fi livrata", "a fost expediat", "a fost expediata", "a fost predat", "a fost predata", "a fost preluat",
    "awb", "este pe drum", "e pe drum", "a plecat", "poate fi ridicat", "te asteapta", "ajunge azi", "ajunge maine", "numar de urmarire", "urmareste",
    "签收", "派送", "派件", "发货", "已到达", "已到", "取件", "待取", "运输中", "送达", "已送", "发出", "簽收", "發貨", "已寄出",
];

/// What banks, telephone companies and practices tell with a number.
#[rustfmt::skip]
pub(super) const ACCOUNTS: &[&str] = &[
    "card ending in", "card ending", "account ending in", "account ending", "acct ending", "your available balance", "low balance alert", "fraud alert", "was charged", "payment received",
    "your payment of", "your bill is", "your statement is", "your invoice", "new voicemail", "new voicemails", "missed call from", "missed calls from",
    "of your data", "your data plan", "appointment reminder", "your appointment", "freemsg", "free msg", "your reservation", "your ride",
    "tarjeta terminada en", "tarjeta que termina en", "cuenta terminada en", "su factura", "tu factura", "su pago de", "tu pago de", "llamada perdida de", "llamadas perdidas de", "recordatorio de cita", "tu cita", "su cita", "buzon de voz nuevo", "mensaje de voz nuevo",
    "carte se terminant par", "carte finissant par", "votre facture", "votre paiement de", "appel manque de", "appel en absence", "appels en absence", "rappel de rendez vous", "votre rendez vous", "nouveau message vocal", "nouveaux messages vocaux",
    "cardul terminat in", "cardul care se termina", "factura ta", "factura dvs", "plata de", "apel pierdut de la", "apel pierdut", "apeluri pierdute", "programarea ta", "programarea dvs", "mesaj vocal nou",
    "尾号", "您的账户", "您的账单", "账单", "未接来电", "话费", "流量", "扣款", "语音留言", "尾號", "帳單", "未接來電",
];
