//! Notices of networks and mail servers that a text was not delivered.

use super::{
    asks,
    phrases::{List, Said},
};
use crate::text::Text;

/// The rule by which a text is a delivery notice.
pub(super) fn rule(text: &Text, said: Said) -> Option<&'static str> {
    let rule = LISTS.iter().find(|(list, _)| said.has(*list)).map(|(_, rule)| *rule)?;
    let is_of_a_person = asks(text) || said.wants_out() || said.has(List::ToldByPeople);
    (!is_of_a_person).then_some(rule)
}

const LISTS: &[(List, &str)] = &[
    (List::Undelivered, "not-delivered"),
    (List::NoNumber, "number-not-in-service"),
    (List::Full, "mailbox-full"),
    (List::NoTexts, "takes-no-texts"),
];

/// Who begins so is a person who tells of a notice.
#[rustfmt::skip]
pub(super) const TOLD_BY_PEOPLE: &[&str] = &[
    "i", "im", "ive", "my", "we", "it says", "hi", "hello", "hey", "why", "it said", "he", "she", "they", "when",
    "me", "mi", "yo", "hola", "dice", "porque", "por que", "je", "jai", "mon", "ma", "bonjour", "salut", "pourquoi", "ca dit",
    "eu", "am", "mi a", "mesajul meu", "buna", "de ce", "imi", "我", "你好", "为什么", "怎么",
];

#[rustfmt::skip]
pub(super) const UNDELIVERED: &[&str] = &[
    "message not delivered", "message was not delivered", "text not delivered", "sms not delivered", "message could not be delivered", "could not be delivered",
    "couldnt be delivered", "cannot be delivered", "cant be delivered", "unable to deliver", "unable to send message", "failed to deliver",
    "delivery failed", "delivery failure", "delivery has failed", "undeliverable", "undelivered", "undelivered mail returned to sender",
    "delivery status notification", "message failed to send", "message failed", "message not sent", "message blocking is active",
    "message has been blocked", "recipient rejected", "user unknown", "mail delivery subsystem",
    "no se pudo entregar", "no ha podido entregarse", "no se ha podido entregar", "no pudo ser entregado", "mensaje no entregado",
    "mensaje no enviado", "no se pudo enviar", "no se ha podido enviar", "error de entrega", "fallo en la entrega", "no fue entregado",
    "na pas pu etre remis", "na pas pu etre delivre", "na pas pu etre livre", "na pas pu etre envoye", "na pas ete remis",
    "message non remis", "message non delivre", "message non distribue", "message non envoye", "echec de la remise", "echec de livraison",
    "echec de lenvoi", "na pas ete delivre",
    "nu a putut fi livrat", "nu a putut fi trimis", "nu a fost livrat", "mesaj nelivrat", "mesajul nu a putut", "livrare esuata",
    "trimitere esuata", "eroare de livrare", "mesaj netrimis", "nu poate fi livrat",
    "发送失败", "无法送达", "未送达", "未能送达", "投递失败", "无法发送", "未能发送", "送达失败", "退信", "拒收",
];

#[rustfmt::skip]
pub(super) const NO_NUMBER: &[&str] = &[
    "number not in service", "number is not in service", "not in service", "no longer in service", "number is no longer active",
    "has been disconnected", "number is disconnected", "number you have dialed", "number you dialed", "number you have called",
    "number you are trying to reach", "person you are trying to reach", "subscriber you have dialed", "invalid number", "number is invalid",
    "not a valid number", "not a valid mobile number", "number does not exist", "unallocated number",
    "el numero no existe", "numero no existe", "numero que usted marco", "el numero marcado", "fuera de servicio", "numero no valido",
    "numero no esta en servicio",
    "numero nest pas attribue", "numero non attribue", "numero nexiste pas", "nest plus en service", "nest pas en service",
    "numero que vous avez compose", "numero invalide",
    "numarul nu exista", "numarul format", "nu este alocat", "numarul nu este in serviciu", "numar invalid", "abonatul nu poate fi contactat",
    "空号", "号码不存在", "已停机", "无法接通", "号码无效", "不在服务区",
];

#[rustfmt::skip]
pub(super) const FULL: &[&str] = &[
    "mailbox full", "mailbox is full", "mailbox is currently full", "mail box is full", "voicemail is full", "voice mailbox is full",
    "inbox is full", "inbox full", "message box is full", "memory is full",
    "buzon lleno", "buzon esta lleno", "buzon de voz lleno", "buzon de voz esta lleno", "bandeja de entrada llena",
    "boite vocale pleine", "boite vocale est pleine", "messagerie pleine", "messagerie est pleine", "boite de reception pleine",
    "boite aux lettres pleine", "messagerie vocale est pleine",
    "casuta plina", "casuta vocala este plina", "casuta postala este plina", "mesageria este plina", "inbox plin",
    "信箱已满", "邮箱已满", "收件箱已满", "语音信箱已满", "存储已满",
];

#[rustfmt::skip]
pub(super) const NO_TEXTS: &[&str] = &[
    "does not accept texts", "does not accept text messages", "does not accept messages", "does not accept text", "does not accept sms",
    "does not accept incoming", "doesnt accept texts", "doesnt accept text messages", "not accepting messages", "not accept messages",
    "cannot receive texts", "cannot receive text messages", "cannot receive sms", "cannot receive messages", "cant receive texts",
    "cant receive text messages", "unable to receive texts", "unable to receive text messages", "unable to receive messages",
    "does not receive texts", "does not receive text messages", "does not support text", "does not support texting", "does not support sms",
    "not able to receive text", "is a landline", "not enabled for text", "not text enabled", "not sms enabled", "number is not monitored",
    "mailbox is not monitored", "inbox is not monitored", "line is not monitored", "is an unmonitored", "not a monitored",
    "no acepta mensajes", "no acepta sms", "no recibe mensajes", "no puede recibir mensajes", "no admite mensajes", "no admite sms",
    "linea fija", "no esta supervisado",
    "naccepte pas les sms", "naccepte pas les messages", "naccepte pas de sms", "ne peut pas recevoir", "ne recoit pas", "nest pas surveille",
    "ligne fixe",
    "nu accepta mesaje", "nu accepta sms", "nu poate primi mesaje", "nu poate primi sms", "nu primeste mesaje", "nu este monitorizat",
    "不接受短信", "不接收短信", "无法接收短信", "不支持短信", "不能接收短信",
];
