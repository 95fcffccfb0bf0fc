//! The words of courtesy, in normal form.

/// Please: one class of words, wherever in a phrase.
#[rustfmt::skip]
pub(super) const PLEASE: &[&str] = &[
    "please", "pls", "plz", "plss", "plsss", "plzz", "plese", "pleas", "pleese", "plase", "pleasee", "pretty please", "kindly",
    "por favor", "porfavor", "porfa", "porfis", "xfa", "xfavor",
    "svp", "stp", "sil vous plait", "sil te plait", "s il vous plait", "s il te plait", "sivouplait",
    "silvousplait", "silteplait", "sil vou plait", "plis", "pliz", "pleez", "plees", "x favor", "por fa", "porfi", "pf", "pfv",
    "te rog", "va rog", "te rog frumos", "va rog frumos", "tr", "vr rog",
    "请", "麻烦", "拜托", "請", "麻煩",
    "bitte", "per favore", "per piacere", "se faz favor", "alstublieft",
];

pub(super) const JOINED_PLEASE: &[&str] = &["please", "pls", "plz", "porfavor", "porfa", "svp", "terog"];

#[rustfmt::skip]
pub(super) const GREETINGS: &[&str] = &[
    "hi", "hii", "hiya", "hello", "helo", "hey", "heya", "hi there", "hello there", "hey there", "yo", "howdy", "dear team",
    "good morning", "good afternoon", "good evening", "good day", "morning", "evening", "greetings", "ok", "okay", "yes", "sure",
    "hola", "buenas", "buenos dias", "buenas tardes", "buenas noches", "buen dia", "que tal",
    "bonjour", "bonsoir", "salut", "coucou", "bjr", "bsr",
    "buna", "buna ziua", "buna seara", "buna dimineata", "neata", "salutare", "servus", "noroc", "bna",
    "你好", "您好", "嗨", "哈喽", "早上好", "晚上好", "下午好",
    "hallo", "guten tag", "ciao", "ola",
];

#[rustfmt::skip]
pub(super) const THANKS: &[&str] = &[
    "thanks", "thank you", "thank u", "thankyou", "thx", "thnx", "tnx", "ty", "tysm", "thanks a lot", "thanks so much", "many thanks",
    "thank you so much", "thank you very much", "cheers", "xx", "xoxo",
    "gracias", "muchas gracias", "mil gracias",
    "merci", "merci beaucoup", "mrc",
    "multumesc", "mersi", "multumesc frumos", "multumesc mult", "mersi mult", "ms",
    "谢谢", "谢谢你", "谢谢您", "多谢", "感谢", "谢啦", "謝謝",
    "danke", "grazie", "obrigado", "obrigada",
];

/// What asks to be signed up and for nothing else.
#[rustfmt::skip]
pub(super) const REQUESTS: &[&str] = &[
    "text", "txt", "texting", "send", "keyword", "the keyword", "keyword is", "join", "joining", "to join", "let me join", "can i join",
    "could i join", "may i join", "i want to join", "i wanna join", "want to join", "i would like to join", "id like to join",
    "i d like to join", "i wish to join", "sign me up", "sign me up for", "sign me up to", "sign up", "sign up for", "signup",
    "signup for", "sign up to", "i want to sign up for", "id like to sign up for", "i would like to sign up for", "enroll me in",
    "enrol me in", "enroll in", "enroll me", "add me to", "add me", "count me in for", "count me in", "subscribe me to", "subscribe to",
    "subscribe", "register me for", "register for", "register", "put me on", "put me down for",
    "code", "the code", "the code is", "code is", "code word", "promo code", "the word", "the word is", "type", "typing", "reply", "respond", "reply with", "respond with",
    "inscribirme", "apuntarme", "registrarme", "registrarme en", "suscribirme", "suscribirme a", "clave", "codigo", "el codigo es", "texto", "envio", "enviar", "mandar", "palabra", "unirme a", "unirse a", "quiero unirme a", "quiero unirme", "quiero apuntarme a",
    "me quiero unir a", "quisiera unirme a", "me gustaria unirme a", "inscribeme en", "inscribirme en", "quiero inscribirme en",
    "apuntame a", "apuntame en", "apuntarme a", "registrame en", "suscribeme a",
    "envoyer", "rejoindre", "je veux rejoindre", "je voudrais rejoindre", "je souhaite rejoindre", "jaimerais rejoindre",
    "minscrire", "minscrire a", "minscrire au", "mabonner a", "participer a", "adherer a", "le code", "le code est", "le mot", "taper", "repondre",
    "inscris moi a", "inscrivez moi a", "inscrivez moi au", "je minscris a", "je minscris au", "je veux minscrire a",
    "je veux minscrire au", "je voudrais minscrire a", "je voudrais minscrire au", "inscription", "inscription a", "mot cle",
    "ma inscrieti la", "ma inscrii la", "ma inscriu", "sa ma inscriu la", "sa ma inscriu", "sa ma inscriu in", "sa ma alatur", "sa ma inscrieti la", "sa ma inscrii la", "cod", "codul", "codul e", "codul este",
    "trimit", "inscrie ma la", "inscrieti ma la", "ma inscriu la", "vreau sa ma inscriu la", "vreau sa ma inscriu in",
    "as vrea sa ma inscriu la", "doresc sa ma inscriu la", "vreau sa ma alatur", "inscriere", "inscriere la", "cuvant cheie",
    "我要加入", "我想加入", "加入", "加入一下", "参加一下", "报名一下", "注册一下", "报名参加", "申请加入", "登记", "办理", "订阅", "我要参加", "我想参加", "参加", "报名", "我要报名", "我想报名", "发送", "回复", "注册", "关键词", "我要注册",
];

/// What one begins with who asks; it counts before one of the requests only.
#[rustfmt::skip]
pub(super) const ASKING: &[&str] = &[
    "can you", "could you", "would you", "will you", "can u", "could u", "i want you to", "i want to", "i wanna", "i would like to",
    "id like to", "i d like to", "i would love to", "id love to", "i need to", "i wish to", "i am trying to", "im trying to", "trying to",
    "i am here to", "im here to", "let me", "help me", "can i", "could i", "may i", "want to", "wanna", "would like to", "im texting to", "i was told to", "told to",
    "me puedes", "me puede", "me pueden", "puedes", "puede", "pueden", "podrias", "podria", "podrian", "me podrias", "quiero", "quisiera",
    "me gustaria", "querria", "deseo", "puedo", "necesito", "vengo a",
    "peux tu", "tu peux", "pouvez vous", "vous pouvez", "pourriez vous", "pourrais tu", "est ce que je peux", "je peux", "puis je",
    "je veux", "je voudrais", "je souhaite", "je souhaiterais", "jaimerais", "jaimerai", "merci de",
    "poti", "puteti", "poti sa", "puteti sa", "ai putea", "ati putea", "pot", "as vrea", "vreau", "doresc", "as dori",
    "帮我", "帮忙", "能帮我", "可以帮我", "能不能帮我", "给我", "让我", "我要", "我想", "我想要", "想", "我能", "我可以", "可以", "幫我", "幫忙",
];

/// Who is greeted or thanked.
#[rustfmt::skip]
pub(super) const ADDRESSED: &[&str] = &[
    "there", "all", "everyone", "everybody", "guys", "you guys", "yall", "folks", "team", "friend", "friends", "people", "sir", "madam", "maam",
    "mate", "man", "dude", "dear", "again", "to you", "to you all",
    "senor", "senora", "senorita", "senores", "amigo", "amiga", "amigos", "chicos", "chicas", "equipo", "a todos", "a todas", "de nuevo", "otra vez",
    "madame", "monsieur", "mademoiselle", "mesdames", "messieurs", "messieurs dames", "mme", "mr", "a tous", "a toutes", "tout le monde",
    "a vous", "a toi", "lequipe", "les amis", "encore",
    "domnule", "doamna", "domnisoara", "tuturor", "dragilor", "prieteni", "echipa", "din nou",
    "老板", "老闆", "店家", "店长", "大家", "亲", "朋友", "小姐姐",
];

/// How much one thanks.
#[rustfmt::skip]
pub(super) const HOW_MUCH: &[&str] = &[
    "so much", "very much", "a lot", "a bunch", "a ton", "a million", "in advance", "kindly",
    "de antemano", "por adelantado", "davance", "beaucoup", "bien", "infiniment", "mult", "frumos", "anticipat",
];

/// What joins thanks to what was said before.
pub(super) const AND: &[&str] = &["and", "n", "y", "et", "si"];

/// What leaves room for doubt: an order at the counter, a question about the shop.
#[rustfmt::skip]
pub(super) const DOUBTFUL_BEFORE: &[&str] = &[
    "i want", "i want the", "i want a", "i want some", "i would like", "i would like a", "id like", "id like a", "i d like", "i need",
    "can i have", "can i have a", "can i get", "can i get a", "could i have", "may i have", "give me", "gimme", "get me", "the", "a",
    "an", "my", "its", "it is", "this is", "is this", "for", "im here for", "i saw", "about", "re", "want", "wanna", "some",
    "quiero", "quiero un", "quiero una", "quisiera", "quisiera un", "me gustaria", "dame", "un", "una", "el", "los", "las",
    "je veux", "je veux un", "je voudrais", "je voudrais un", "jaimerais", "donnez moi", "le", "la", "les", "une", "du",
    "vreau", "vreau o", "vreau un", "as vrea", "as vrea o", "as dori", "doresc", "da mi", "dati mi", "o",
    "我要", "我想要", "我想", "想要", "给我", "来一杯", "来个", "给我来一杯",
];

#[rustfmt::skip]
pub(super) const DOUBTFUL_BEHIND: &[&str] = &[
    "to join", "to sign up", "to enroll", "to enrol", "to subscribe", "to register", "now", "today", "asap", "for me", "me", "here",
    "ok", "okay", "lol", "club", "rewards", "hi", "hello", "hey", "keyword", "program", "programme", "join", "sign up", "yes", "too",
    "para unirme", "para unirse", "para participar", "ahora", "hoy", "hola", "unirme", "si",
    "pour rejoindre", "pour minscrire", "pour participer", "maintenant", "bonjour", "oui",
    "pentru inscriere", "pentru a ma inscrie", "ca sa ma inscriu", "acum", "azi", "buna", "da",
    "加入", "报名", "参加", "吧", "你好",
];

/// Not, never, none, without, and the words that opt out.
#[rustfmt::skip]
pub(super) const REFUSALS: &[&str] = &[
    "no", "not", "dont", "doesnt", "didnt", "wont", "cant", "cannot", "never", "without", "stop", "stopp", "end", "quit", "cancel",
    "unsubscribe", "remove", "leave", "off", "out", "nor", "none", "hate", "isnt", "wasnt", "less",
    "nunca", "sin", "jamas", "tampoco", "baja", "cancelar", "alto", "salir",
    "pas", "jamais", "sans", "ne", "non", "arret", "arrete", "arreter", "aucun",
    "nu", "niciodata", "fara", "opreste", "renunt", "anuleaza", "dezabonare",
    "不", "别", "不要", "不想", "退订", "取消", "停止",
];
