# Lo que dice la pasarela en español. Las palabras evitan á, í, ó y ú: no están en GSM-7 y partirían el mensaje en dos.

## Palabras que la gente escribe, separadas por comas

words-balance = saldo, puntos, mis puntos, mi saldo, cuántos puntos, cuántos puntos tengo, ver saldo, ver puntos, ver mis puntos, consultar saldo, consultar puntos, cuántos puntos llevo, ptos, mis ptos, cuántos ptos tengo, puntaje, mi puntaje, ver mi saldo, consultar mi saldo, consultar mis puntos, quiero ver mis puntos, quiero saber mis puntos, quiero saber mi saldo, quiero saber cuántos puntos tengo, cuál es mi saldo, qué saldo tengo, cuánto saldo tengo, saldo actual, saldo de puntos, puntos acumulados, mi balance, cuántos pts tengo
words-help = quien es, quien eres, quienes son, quien sos, menu, comandos, opciones, como funciona, que es esto, quien habla, información, más información, necesito información, necesito ayuda, ayúdame, ayúdenme, quién me escribe, quién es este, quién eres tú, quién es usted, quiénes son ustedes, con quién hablo, de parte de quién, de quién es este número, qué número es este, cómo se usa, cómo funciona esto, para qué es esto, de qué se trata, contacto, instrucciones, no entiendo, tengo una duda, dudas, por qué me escriben, por qué me mandan mensajes, cómo consiguieron mi número, de dónde sacaron mi número, ayudaaa, quién escribe
words-join = unirme, unirse, apuntarme, registrarme, inscribirme, quiero unirme, como me uno, alta, suscribirme, suscripción, quiero suscribirme, inscripción, quiero inscribirme, cómo me inscribo, inscríbeme, registro, quiero registrarme, cómo me registro, regístrame, apúntame, me apunto, quiero apuntarme, cómo me apunto, darme de alta, quiero darme de alta, anotarme, me anoto, quiero anotarme, anótame, afiliarme, participar, quiero participar, cómo participo, me uno, me quiero unir, cómo puedo unirme, cómo me puedo unir, quiero ser miembro, quiero ser socio, quiero ser socia
words-join-yes = unirme, quiero unirme, me uno, me quiero unir, apuntarme, apúntame, me apunto, quiero apuntarme, inscríbeme, inscribirme, quiero inscribirme, registrarme, regístrame, quiero registrarme, anotarme, anótame, me anoto, darme de alta, quiero darme de alta, suscribirme, quiero suscribirme, quiero participar, quiero ser miembro, quiero ser socio, quiero ser socia, pues sí, cómo no, sí cómo no, va que va, ponle, sí a todo, bueno sí, sí pues, sale y vale, claro cómo no, desde luego, obvio, seguro, bueno, por supuesto que sí, sí señora
words-leave = dejar, salir de, irme de, darme de baja de, dejar a, dejar la tienda, quiero dejar, baja de, dame de baja de, denme de baja de, quiero darme de baja de, salirme de, quiero salir de
words-language = idioma, idiomas, cambiar idioma, cambiar de idioma, otro idioma, lenguaje
words-language-name = español, en español, castellano, spanish, espagnol, spaniola, 西班牙语, 西班牙語, 西班牙文, hablan español, hablas español, habla español, prefiero español, quiero español, en castellano, no hablo inglés, esp
words-keep = seguir, sigue, sigan, continuar, mantener, continúen, continúe, siga, seguid, sigamos, que sigan, sigan así, sigan enviando, sigan mandando, sigan escribiendo, quiero seguir, sí quiero seguir, sí sigan, quiero continuar, déjalo así, déjenlo así, todo igual, no paren, no pares, me interesa, sí me interesa
words-greeting = hola, buenas, buen día, qué tal, qué onda, buenos dias, buenas tardes, buenas noches, hola buenas, hola buenos días, hola buenas tardes, hola buenas noches, hola buen día, hola qué tal, hola cómo estás, hola cómo están, muy buenas, holaa, holaaa, holi, ola, saludos, qué más, quiubo, qué hubo
words-thanks = gracias, muchas gracias, mil gracias, ok gracias, vale gracias, genial, genial gracias, perfecto gracias, qué bien, jaja, jajaja, muchísimas gracias, ok muchas gracias, perfecto muchas gracias, gracias a ustedes, gracias igualmente, igualmente, de nada, listo, listo gracias, bueno gracias, dale gracias, perfecto, excelente, buenísimo, entendido, chévere, bárbaro, qué padre, muy amable, jeje, jejeje, bendiciones, feliz día, adiós, hasta luego, nos vemos, chao, chau
words-yes = sí, s, vale, claro, ok, okey, de acuerdo, por supuesto, sip, dale, va, órale, si por favor, si gracias, si quiero, sí claro, claro que sí, sí vale, sii, siii, siiii, si si, sisi, sí porfa, sí muchas gracias, sí claro que sí, sí por supuesto, sí acepto, acepto, confirmo, sí quiero unirme, sí dale, sí señor, ok sí, vale sí, oki, okis, está bien, venga, ándale, simón, de una, con gusto, adelante, correcto, así es, eso es
words-no = no, n, no gracias, para nada, ninguno, ninguna, ninguno de los dos, ninguna de las dos, nop, nel, noo, nooo, no no, que no, no muchas gracias, no señor, mejor no, por ahora no, no por ahora, ahorita no, todavía no, aún no, de momento no, por el momento no, no por el momento, prefiero que no, nunca, negativo, ni hablar, claro que no
words-not-interested = no me interesa, no estoy interesado, no estoy interesada, no me interesa gracias, sin interés, no quiero unirme, no quiero participar, no deseo, no acepto, no me apetece, no no me interesa, no quiero
words-skip = omitir, omite, saltar, salta, saltarme, siguiente, paso, pasar, paso de esa, luego, después, más tarde, ahora no, en otro momento, prefiero no, prefiero no decir, prefiero no decirlo, prefiero no responder, no quiero decir, no quiero decirlo, no digo, es privado, privado, no te importa, sin comentarios, no sé, no lo sé, no quiero responder, no quiero contestar, prefiero no contestar, no contesto, no respondo, saltear, la siguiente, siguiente pregunta, otra pregunta, más adelante, otro día, al rato, ni idea, no tengo idea, no me acuerdo, es personal, da igual, me da igual, no aplica
words-refusal = no quiero, no me interesa, no acepto, no quiero dar esa info, no quiero dar ese dato, no estoy interesado, no estoy interesada
words-all = todas, todos, las dos, los dos, ambas, ambos, de todas

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

join-confirmed = { $shop }: ¡ya eres miembro! Tienes { points }. Mensajes recurrentes, hasta { $per_month } al mes. Pueden aplicarse tarifas de SMS y datos. SALDO: puntos. AYUDA: info. STOP: baja.
join-question = { $shop }: responde SI para unirte y recibir mensajes recurrentes, hasta { $per_month } al mes. Pueden aplicarse tarifas de SMS y datos. AYUDA: info. STOP: baja.
join-reminder = Responde SI para unirte a { $shop }, o NO si prefieres que no.
join-already = { $shop }: ¡qué bien verte de nuevo! Tienes { points }.
join-declined = De acuerdo, no te inscribimos en el programa de { $shop }. Si cambias de idea, escribe { $phrase }.
join-declined-short = De acuerdo, no te inscribimos en el programa de { $shop }.

join-already-named = { $shop }: ¡qué bien verte de nuevo, { $name }! Tienes { points }.
join-offer = ¿Quieres unirte a { $shop }? Responde SI o escribe { $phrase }.
join-which = ¡Con gusto!
did-you-mean = ¿Quisiste decir { $phrase }? Responde SI para unirte a { $shop }.
did-you-mean-several = ¿Te refieres a una de estas opciones? Responde 1, 2...
did-you-mean-no = De acuerdo. Para unirte, escribe las palabras del cartel.
keyword-past = { $past } ya ha terminado. ¿Quieres unirte ahora a { $shop }? Responde SI o escribe { $phrase }.
keyword-past-member = { $past } ha terminado, pero ya eres miembro de { $shop }. Tienes { points }.
keyword-past-none = { $past } ya ha terminado. Si quieres unirte, pregunta en { $shop }.

## Preguntas al unirse

sign-up-first-name = ¿Nos dices tu nombre? Responde OMITIR si prefieres que no.
sign-up-first-name-again = Disculpa, escribe solo tu nombre, por ejemplo Ana, o responde OMITIR.
sign-up-birthday = ¿En qué fecha cumples años? Sin el año, por ejemplo { $example }. Responde OMITIR si prefieres no decirlo.
sign-up-birthday-again = Disculpa, no entendemos la fecha. Escribe algo como { $example } o responde OMITIR.
sign-up-own = { $prompt } Responde OMITIR si prefieres no contestar.
sign-up-yes-no = { $prompt } Responde SI, NO u OMITIR.
sign-up-choice = { $prompt } Responde 1, 2... u OMITIR.
sign-up-own-again = Disculpa, con unas palabras basta, por ejemplo "{ $example }", o responde OMITIR.
sign-up-yes-no-again = Disculpa, responde SI, NO u OMITIR.
sign-up-choice-again = Disculpa, elige una de estas opciones, por ejemplo 1, o responde OMITIR.
sign-up-own-example = un poco de todo
sign-up-thanks = ¡Gracias!
sign-up-thanks-named = ¡Gracias, { $name }!
sign-up-passed = No pasa nada.
sign-up-once-more = Seguimos con nuestra pregunta.
sign-up-done = ¡Listo! Escribe SALDO cuando quieras ver tus puntos.

## Saldo

balance-one = { $shop }: tienes { points }.
balance-line = { $shop }: { points }
not-a-member = Por ahora no eres miembro.
not-a-member-here = Por ahora no eres miembro. Si quieres unirte, pregunta en la tienda.
offer = Escribe { $phrase } para unirte a { $shop }.

choice = { $number } { $name }
choice-phrase = { $number } { $phrase } ({ $shop })

## Dejar una tienda

left = Te has dado de baja de { $shop } y ya no recibes sus mensajes. Escribe { $phrase } para volver.
left-short = Te has dado de baja de { $shop } y ya no recibes sus mensajes.
leave-question = ¿Quieres dejar { $shop }? Responde SI o NO. Para dejar otra tienda, escribe DEJAR y su nombre.
leave-which = ¿Qué tienda quieres dejar? Responde 1, 2...
leave-kept = De acuerdo, todo sigue igual.
leave-not-in = No eres miembro de { $shop } y no recibes sus mensajes. STOP: baja de todo.

## Idioma

language-name = Español
language-which = ¿Qué idioma prefieres? Responde 1, 2...
language-set = A partir de ahora te escribiremos en español.
language-offer = ¿Prefieres español? Responde ESPAÑOL.

## Ayuda, baja, vuelta

help-one = { $shop }: escribe SALDO para ver tus puntos. ¿Dudas? { $contact }. Mensajes: hasta { $per_month } al mes. Pueden aplicarse tarifas de SMS y datos. STOP: baja.
help-counter = { $shop }: escribe SALDO para ver tus puntos. ¿Dudas? Pregunta en la tienda. Mensajes: hasta { $per_month } al mes. Pueden aplicarse tarifas de SMS y datos. STOP: baja.
help-several = { $shops }: escribe SALDO para ver tus puntos. Mensajes: hasta { $per_month } al mes. Pueden aplicarse tarifas de SMS y datos. STOP: baja.
stop-confirmed = { $shops }: te has dado de baja y ya no te enviaremos mensajes. Responde START para volver.
stop-confirmed-plain = Te has dado de baja y ya no te enviaremos mensajes. Responde START para volver.
stop-question = ¿Quieres que paremos los mensajes? Responde STOP y paramos, o SEGUIR y todo sigue igual. Si no respondes, no te enviaremos ofertas.
stop-kept = Gracias, todo sigue igual. Responde STOP cuando quieras darte de baja.
start-confirmed = { $shops }: vuelves a recibir mensajes, hasta { $per_month } al mes. Pueden aplicarse tarifas de SMS y datos. SALDO: puntos. AYUDA: info. STOP: baja.
start-plain = Vuelves a recibir mensajes.
start-already = { $shops }: ya recibes nuestros mensajes, hasta { $per_month } al mes. Pueden aplicarse tarifas de SMS y datos. SALDO: puntos. AYUDA: info. STOP: baja.
start-already-plain = Ya recibes nuestros mensajes.

## Lo demás

hint-sorry = Disculpa, no entendemos tu mensaje.
hint-hello = ¡Hola!
hint-commands = Escribe SALDO para ver tus puntos o AYUDA si tienes dudas.
hint-contact = Contacto: { $contact }
hint-stop = No te has apuntado, por eso no te enviaremos mensajes. Para no recibir nunca nada, responde STOP.
