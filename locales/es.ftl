# Lo que dice la pasarela en español. Las palabras evitan á, í, ó y ú: no están en GSM-7 y partirían el mensaje en dos.

## Palabras que la gente escribe, separadas por comas

words-balance = saldo, puntos, mis puntos, mi saldo, cuántos puntos, cuántos puntos tengo, ver saldo, ver puntos, ver mis puntos, consultar saldo, consultar puntos
words-help = quien es, quien eres, quienes son, quien sos, menu, comandos, opciones, como funciona, que es esto, quien habla
words-join = unirme, unirse, apuntarme, registrarme, inscribirme, quiero unirme, como me uno, alta
words-leave = dejar, salir de, irme de, darme de baja de
words-language = idioma, idiomas
words-language-name = español, en español, castellano, spanish, espagnol, spaniola, 西班牙语, 西班牙語, 西班牙文
words-keep = seguir, sigue, sigan, continuar, mantener
words-greeting = hola, buenas, buen día, qué tal, qué onda, buenos dias, buenas tardes, buenas noches
words-thanks = gracias, muchas gracias, mil gracias, ok gracias, vale gracias, genial, genial gracias, perfecto gracias, qué bien, jaja, jajaja
words-yes = sí, s, vale, claro, ok, okey, de acuerdo, por supuesto, sip, dale, va, sale, órale, si por favor, si gracias, si quiero, sí claro, claro que sí, sí vale
words-no = no, n, no gracias, para nada, ninguno, ninguna, ninguno de los dos, ninguna de las dos
words-not-interested = no me interesa, no estoy interesado, no estoy interesada, no me interesa gracias, sin interés
words-skip = omitir, omite, saltar, salta, saltarme, siguiente, paso, pasar, paso de esa, luego, después, más tarde, ahora no, en otro momento, prefiero no, prefiero no decir, prefiero no decirlo, prefiero no responder, no quiero decir, no quiero decirlo, no digo, es privado, privado, no te importa, sin comentarios, no sé, no lo sé

## Partes

points =
    { $points ->
        [one] { $points } punto
       *[other] { $points } puntos
    }
shops-joined = { $shops }, { $shop }
shop-with-contact = { $shop } ({ $contact })
shops-and-more = { $shops } { $more }
and-more =
    { $count ->
        [one] y otra tienda
       *[other] y otras { $count } tiendas
    }

## Alta

join-confirmed = { $shop }: ¡te damos la bienvenida! Tienes { points }. Mensajes recurrentes, hasta { $per_month } al mes. Pueden aplicarse tarifas de mensajes y datos. SALDO: puntos. AYUDA: info. STOP: baja.
join-question = { $shop }: responde SI para unirte y recibir mensajes recurrentes, hasta { $per_month } al mes. Pueden aplicarse tarifas de mensajes y datos. AYUDA: info. STOP: baja.
join-reminder = Responde SI para unirte a { $shop }, o NO si prefieres que no.
join-already = { $shop }: ¡qué bien verte de nuevo! Tienes { points }.
join-declined = De acuerdo, no te inscribimos en { $shop }. Si cambias de idea, escribe { $phrase }.
join-declined-short = De acuerdo, no te inscribimos en { $shop }.

join-already-named = { $shop }: ¡qué bien verte de nuevo, { $name }! Tienes { points }.
join-offer = ¿Quieres unirte a { $shop }? Responde SI o escribe { $phrase }.
join-which = Puedes unirte ahora mismo.
did-you-mean = ¿Quieres decir { $phrase }? Responde SI para unirte a { $shop }.
did-you-mean-several = ¿Te refieres a una de estas opciones? Responde 1, 2...
did-you-mean-no = De acuerdo. Para unirte, escribe las palabras del cartel.
keyword-past = { $past } ya ha terminado. ¿Quieres unirte ahora a { $shop }? Responde SI o escribe { $phrase }.
keyword-past-member = { $past } ha terminado, pero ya te has unido a { $shop }. Tienes { points }.
keyword-past-none = { $past } ya ha terminado. Pregunta en { $shop } para unirte.

## Preguntas al unirse

sign-up-first-name = ¿Nos dices tu nombre? Responde OMITIR si prefieres que no.
sign-up-first-name-again = Disculpa, solo tu nombre, por ejemplo Ana. O responde OMITIR.
sign-up-birthday = ¿En qué fecha cumples años? Sin el año, por ejemplo { $example }. O responde OMITIR.
sign-up-birthday-again = Disculpa, no entendemos la fecha. Escribe algo como { $example } o responde OMITIR.
sign-up-own = { $prompt } O responde OMITIR.
sign-up-yes-no = { $prompt } Responde SI, NO u OMITIR.
sign-up-choice = { $prompt } Responde 1, 2... u OMITIR.
sign-up-own-again = Disculpa, bastan unas palabras, por ejemplo "{ $example }". O responde OMITIR.
sign-up-yes-no-again = Disculpa, responde SI o NO, u OMITIR.
sign-up-choice-again = Disculpa, responde solo con la cifra, por ejemplo 1, u OMITIR.
sign-up-own-example = un poco de todo
sign-up-thanks = ¡Gracias!
sign-up-thanks-named = ¡Gracias, { $name }!
sign-up-passed = No pasa nada.
sign-up-once-more = Volvemos a nuestra pregunta:
sign-up-done = Eso es todo. Escribe SALDO cuando quieras ver tus puntos.

## Saldo

balance-one = { $shop }: tienes { points }.
balance-line = { $shop }: { points }
not-a-member = Por ahora no te has unido.
not-a-member-here = Por ahora no te has unido. Pregunta en la tienda.
offer = Escribe { $phrase } para unirte a { $shop }.

choice = { $number } { $name }
choice-phrase = { $number } { $phrase } ({ $shop })

## Dejar una tienda

left = Has dejado { $shop } y ya no recibes sus mensajes. Escribe { $phrase } para volver.
left-short = Has dejado { $shop } y ya no recibes sus mensajes.
leave-question = ¿Dejar { $shop }? Responde SI para dejarla. Para otra tienda, escribe DEJAR y su nombre.
leave-which = ¿Qué tienda quieres dejar? Responde 1, 2...
leave-kept = De acuerdo, todo sigue igual.

## Idioma

language-name = Español
language-which = ¿Qué idioma prefieres? Responde 1, 2...
language-set = A partir de ahora te escribimos en español.
language-offer = ¿Prefieres español? Responde ESPAÑOL.

## Ayuda, baja, vuelta

help-one = { $shop }: escribe SALDO para ver tus puntos. ¿Preguntas? { $contact }. Hasta { $per_month } mensajes al mes. Pueden aplicarse tarifas de mensajes y datos. STOP: baja.
help-counter = { $shop }: escribe SALDO para ver tus puntos. ¿Dudas? Pregunta en la tienda. Hasta { $per_month } mensajes al mes. Pueden aplicarse tarifas de mensajes y datos. STOP: baja.
help-several = { $shops }: escribe SALDO para ver tus puntos. Hasta { $per_month } mensajes al mes. Pueden aplicarse tarifas de mensajes y datos. STOP: baja.
stop-confirmed = { $shops }: te has dado de baja y ya no te enviaremos mensajes. Responde START para volver.
stop-confirmed-plain = Te has dado de baja y ya no te enviaremos mensajes. Responde START para volver.
stop-question = ¿Dejamos de escribirte? Responde STOP y paramos. Responde SEGUIR y todo sigue igual. Si no respondes, no te enviaremos ofertas.
stop-kept = Gracias, todo sigue igual. Responde STOP cuando quieras parar.
start-confirmed = { $shops }: vuelves a recibir mensajes, hasta { $per_month } al mes. Pueden aplicarse tarifas de mensajes y datos. SALDO: puntos. AYUDA: info. STOP: baja.
start-plain = Vuelves a recibir mensajes.
start-already = { $shops }: ya recibes nuestros mensajes, hasta { $per_month } al mes. Pueden aplicarse tarifas de mensajes y datos. SALDO: puntos. AYUDA: info. STOP: baja.
start-already-plain = Ya recibes nuestros mensajes.

## Lo demás

hint-sorry = Disculpa, no te entendemos.
hint-hello = ¡Hola!
hint-commands = Escribe SALDO para ver tus puntos o AYUDA.
