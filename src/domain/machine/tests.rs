use super::*;
use MachineKind::{AutoReply, DeliveryNotice, Echo, Reaction, SystemText};

fn kind_of(typed: &str) -> Option<MachineKind> {
    kind(&Text::read(typed)).map(|made| made.kind)
}

#[test]
fn reactions_are_known_in_five_languages() {
    for typed in [
        "Liked “COFFEE PLS”",
        "Liked \"COFFEE PLS\"",
        "Loved “You're in! Reply STOP to cancel”",
        "Laughed at “You are in!”",
        "Emphasized “10% off “today””",
        "Questioned “You are…",
        "Disliked “Reply STOP to cancel”",
        "Removed a like from “You are in!”",
        "Removed an exclamation mark from “You are in!”",
        "Removed 🔥 from “You are in!”",
        "Reacted 🔥 to “Reply STOP to cancel”",
        "\u{200a}\u{200b}👍\u{200b}\u{200a} to “\u{200a}Reply STOP to cancel\u{200a}” ",
        "👍 to \"Reply STOP\"",
        "❤️ to “You are in!”",
        "Liked an image",
        "Loved an attachment",
        "Laughed at a movie",
        "Reacted 👍 to an image",
        "Removed a heart from an image",
        "Le gustó “Texto STOP para salir”",
        "Le encantó «COFFEE PLS»",
        "Se rió de “hola”",
        "Le gusta una imagen",
        "Reaccionó con 🔥 a “COFFEE PLS”",
        "A aimé « COFFEE PLS »",
        "A adoré « Répondez STOP »",
        "N’a pas aimé « COFFEE PLS »",
        "A ri à « COFFEE PLS »",
        "A réagi avec 🔥 à « COFFEE PLS »",
        "A aimé une image",
        "A supprimé un cœur de « Bienvenue »",
        "A apreciat „COFFEE PLS”",
        "A reacționat cu 👍 la „COFFEE PLS”",
        "A râs la „COFFEE PLS”",
        "A apreciat o imagine",
        "点赞了“COFFEE PLS”",
        "喜欢了“回复STOP退订”",
        "觉得“欢迎”很好笑",
        "对“COFFEE PLS”作出了👍回应",
        "用🔥回应了“COFFEE PLS”",
        "点赞了一张图片",
    ] {
        assert_eq!(kind_of(typed), Some(Reaction), "{typed}");
    }
}

#[test]
fn automatic_replies_are_known_in_five_languages() {
    for typed in [
        "I'm driving right now - Sent from Android Auto",
        "I'm driving right now, I'll get back to you later.",
        "I’m driving with Do Not Disturb While Driving turned on. I’ll see your message when I get where I’m going.",
        "I'm not receiving notifications. If this is urgent, reply “urgent” to send a notification through with your original message.",
        "Sorry, I can't talk right now.",
        "Can't talk right now, what's up?",
        "Can I call you later?",
        "I'm in a meeting. I'll call you back.",
        "Out of office until 12/01. For urgent matters call 555-0100.",
        "Automatic reply: I am on vacation",
        "I am currently on vacation until January 5 and will respond when I return.",
        "Auto-reply: closed",
        "Thanks for contacting Joe's Pizza! We will get back to you. Reply STOP to opt out.",
        "Thank you for your message. A team member will be in touch shortly.",
        "This is an automated message. Please do not reply.",
        "We are currently closed. Our team will reply on the next business day.",
        "Estoy conduciendo, te llamo luego.",
        "Lo siento, no puedo hablar ahora mismo.",
        "Respuesta automática: estoy fuera de la oficina",
        "Estoy de vacaciones hasta el lunes",
        "Gracias por contactarnos, te responderemos lo antes posible.",
        "Je conduis actuellement, je vous rappelle plus tard.",
        "Désolé, je ne peux pas parler pour le moment.",
        "Réponse automatique : absent du bureau",
        "Merci pour votre message, nous vous répondrons dans les plus brefs délais.",
        "Sunt la volan, te sun mai târziu.",
        "Nu pot vorbi acum.",
        "Răspuns automat: sunt în concediu până pe 5 ianuarie",
        "Vă mulțumim pentru mesaj, vă vom răspunde în cel mai scurt timp.",
        "我正在开车，稍后回复您。",
        "自动回复：您好，我现在不在办公室",
        "抱歉，现在不方便接电话",
        "感谢您的来信，我们会尽快回复。",
    ] {
        assert_eq!(kind_of(typed), Some(AutoReply), "{typed}");
    }
}

#[test]
fn delivery_notices_are_known_in_five_languages() {
    for typed in [
        "Message not delivered",
        "Free Msg: Unable to send message - Message Blocking is active.",
        "The number you have dialed is not in service.",
        "Mailbox full",
        "This number does not accept texts.",
        "Your message could not be delivered to +14155550100",
        "El mensaje no se pudo entregar",
        "El buzón está lleno",
        "Le message n’a pas pu être remis",
        "Mesajul nu a putut fi livrat",
        "您拨打的号码是空号",
        "短信发送失败",
    ] {
        assert_eq!(kind_of(typed), Some(DeliveryNotice), "{typed}");
    }
}

#[test]
fn our_own_words_and_those_of_programs_like_ours_are_echoes() {
    for typed in [
        "You are in! Show this text for 10% off. Reply STOP to cancel.",
        "Bean There: welcome! You have 5 points. Recurring msgs, up to 4/month. Msg & data rates may apply. Reply BAL for points, HELP for help, STOP to stop.",
        "Bean There: you're unsubscribed and will get no more messages. Reply START to come back.",
        "20% off all shoes this weekend at FootLand! Txt STOP2END",
        "Panes: ¡te damos la bienvenida! Pueden aplicarse tarifas de mensajes y datos. SALDO: puntos. AYUDA: ayuda. STOP: baja.",
        "【咖啡店】本周新品八折，回复TD退订",
    ] {
        assert_eq!(kind_of(typed), Some(Echo), "{typed}");
    }
}

#[test]
fn texts_of_other_programs_to_whoever_has_the_number_are_known_in_five_languages() {
    for typed in [
        "Your verification code is 123456. Do not share it with anyone.",
        "Your verification code is 123456",
        "G-482913 is your Google verification code.",
        "<#> Your Uber code: 4821. Never share this code.",
        "Use 771 204 as your one-time password to log in",
        "Your code 90210 expires in 10 minutes",
        "Tu código de verificación es 482913. No lo compartas con nadie.",
        "123456 es tu código de Facebook",
        "Votre code de vérification est 123456. Ne le communiquez à personne.",
        "Votre code est 8841, valable 10 minutes",
        "Codul tău de verificare este 123456. Nu îl divulga nimănui.",
        "Cod de confirmare: 4821",
        "您的验证码是123456，请勿泄露。",
        "【淘宝】验证码 8842，5分钟内有效",
        "USPS: Your package is out for delivery and will arrive by 8pm",
        "Your Amazon package has been delivered. Track it at amzn.to/x",
        "Your order #4411 has shipped!",
        "Tu paquete está en reparto y llegará hoy",
        "Su pedido 8842 ha sido entregado",
        "Votre colis a été livré au point relais",
        "Votre commande est en cours de livraison",
        "Coletul tău a fost predat curierului. AWB 123",
        "Comanda ta este pe drum",
        "您的快递已签收",
        "【菜鸟】您的包裹已到，请凭取件码 5-2-881 领取",
        "Your card ending in 4411 was charged $12.40 at SHELL",
        "You have 1 new voicemail",
        "Missed call from 415 555 0100",
        "Appointment reminder: Dr. Lee, May 5 at 3pm",
    ] {
        assert_eq!(kind_of(typed), Some(SystemText), "{typed}");
    }
}

#[test]
fn what_a_person_says_is_no_machines() {
    for typed in [
        "",
        "COFFEE PLS",
        "Thanks!",
        "I'm driving there now, is the table ready?",
        "I'm driving, stop texting me",
        "Loved the coffee",
        "I loved “The Bear”",
        "Liked it",
        "text “COFFEE PLS”",
        "to “COFFEE PLS”",
        "like",
        "Reply STOP to cancel",
        "reply stop",
        "I replied STOP and still get texts",
        "It says reply STOP to cancel but that doesn't work, take me off the list",
        "Reply STOP. Please remove this number from the list of your shop",
        "Please stop sending recurring messages to this phone",
        "my message was not delivered? I texted coffee",
        "order not delivered please help",
        "this number is no longer Ana's, wrong number",
        "Thank you for your message! When do you open?",
        "Thanks for contacting me",
        "I'm busy, can you hold my points",
        "we are on holiday in Rome and love your shop",
        "on my way",
        "Are you closed today?",
        "Estoy de vacaciones, puedo usar mis puntos en Madrid",
        "je suis en vacances, vous ouvrez quand ?",
        "我喜欢你们的咖啡",
        "别再发了",
        "no more texts",
        "I never got my verification code 123456",
        "my order was delivered cold",
        "Is the code 4411 valid until Sunday?",
        "code COFFEE PLS",
        "do you deliver? my package was not delivered",
        "when will my order arrive",
        "is my order ready for pickup",
        "I ordered 2 coffees, order 4411",
        "me pueden enviar mi código 4411",
        "我的快递到了吗",
        "2 coffees please",
        "March 5 1990",
        "👍",
        "👍 to you all",
        "a “latte”",
        "la “latte”",
    ] {
        assert_eq!(kind(&Text::read(typed)), None, "{typed}");
    }
}
