# Lo que dice la pasarela en español. Las palabras evitan á, í, ó y ú: no están en GSM-7 y partirían el mensaje en dos.

## Palabras que la gente escribe, separadas por comas

words-balance = saldo, puntos, mis puntos, mi saldo, cuántos puntos, cuántos puntos tengo, ver saldo, ver puntos, ver mis puntos, consultar saldo, consultar puntos, cuántos puntos llevo, ptos, mis ptos, cuántos ptos tengo, puntaje, mi puntaje, ver mi saldo, consultar mi saldo, consultar mis puntos, quiero ver mis puntos, quiero saber mis puntos, quiero saber mi saldo, quiero saber cuántos puntos tengo, cuál es mi saldo, qué saldo tengo, cuánto saldo tengo, saldo actual, saldo de puntos, puntos acumulados, mi balance, cuántos pts tengo
words-rewards = premios, recompensas, mis premios, mis recompensas, ver premios, ver recompensas, premio, recompensa, qué premios hay, qué puedo canjear, qué recompensas hay, catálogo, beneficios
words-redeem = canjear, canje, canjear puntos, canjear mis puntos, canjear premio, quiero canjear, cómo canjeo, cómo canjear, usar puntos, usar mis puntos, gastar puntos, gastar mis puntos, cambiar puntos, vales, mis vales, vale de regalo, mis cupones, mis claves
words-card = tarjeta, mi tarjeta, sellos, mis sellos, tarjeta de sellos, cuántos sellos, cuántos sellos tengo
words-tier = nivel, mi nivel, categoría, mi categoría, estatus, mi estatus, qué nivel tengo, en qué nivel estoy, cuál es mi nivel, mi membresía, mi suscripción
words-refer = invitar, referir, recomendar, invitar amigos, invitar a un amigo, invitar a una amiga, recomendar a un amigo, traer un amigo, mi código, mi enlace, mi link
words-code = codigo, tengo un código, meter código, ingresar código, canjear código, clave, tengo una clave, registrar visita, check in
words-history = historial, mi historial, movimientos, mis movimientos, últimos movimientos, mi actividad, historial de puntos
words-profile = perfil, mi perfil, mis datos, cambiar mi nombre, cambiar nombre, cambiar mi cumpleaños, actualizar mis datos, editar perfil
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
words-staff-punch = sello, sellar, visita, marcar
words-staff-spend = gasto, compra, venta, pago
words-staff-redeem = canjear, canje, canjea, usar, vale
words-staff-undo = deshacer, deshaz, anular
words-staff-invite = invitar, invita

## Partes

points =
    { $points ->
        [one] { $points } { $unit_one }
       *[other] { $points } { $unit_other }
    }
stamps = { $stamps } de { $size } sellos
shops-joined = { $shops }, { $shop }
shop-with-contact = { $shop } ({ $contact })
shops-and-more = { $shops } { $more }
and-more =
    { $count ->
        [one] y otra tienda
       *[other] y otras { $count } tiendas
    }

## Alta

join-confirmed = { $shop }: ¡ya eres miembro! Tienes { $held }. Mensajes recurrentes, hasta { $per_month } al mes. Pueden aplicarse tarifas de SMS y datos. SALDO: puntos. AYUDA: info. STOP: baja.
join-question = { $shop }: responde SI para unirte y recibir mensajes recurrentes, hasta { $per_month } al mes. Pueden aplicarse tarifas de SMS y datos. AYUDA: info. STOP: baja.
join-reminder = Responde SI para unirte a { $shop }, o NO si prefieres que no.
join-already = { $shop }: ¡qué bien verte de nuevo! Tienes { $held }.
join-declined = De acuerdo, no te inscribimos en el programa de { $shop }. Si cambias de idea, escribe { $phrase }.
join-declined-short = De acuerdo, no te inscribimos en el programa de { $shop }.

join-already-named = { $shop }: ¡qué bien verte de nuevo, { $name }! Tienes { $held }.
join-offer = ¿Quieres unirte a { $shop }? Responde SI o escribe { $phrase }.
join-which = ¡Con gusto!
did-you-mean = ¿Quisiste decir { $phrase }? Responde SI para unirte a { $shop }.
did-you-mean-several = ¿Te refieres a una de estas opciones? Responde 1, 2...
did-you-mean-no = De acuerdo. Para unirte, escribe las palabras del cartel.
keyword-past = { $past } ya ha terminado. ¿Quieres unirte ahora a { $shop }? Responde SI o escribe { $phrase }.
keyword-past-member = { $past } ha terminado, pero ya eres miembro de { $shop }. Tienes { $held }.
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

balance-one = { $shop }: tienes { $held }.
balance-line = { $shop }: { $held }
not-a-member = Por ahora no eres miembro.
not-a-member-here = Por ahora no eres miembro. Si quieres unirte, pregunta en la tienda.
offer = Escribe { $phrase } para unirte a { $shop }.

choice = { $number } { $name }
choice-phrase = { $number } { $phrase } ({ $shop })

## Premios, tarjetas, niveles

month =
    { $month ->
        [1] ene
        [2] feb
        [3] mar
        [4] abr
        [5] may
        [6] jun
        [7] jul
        [8] ago
        [9] sep
        [10] oct
        [11] nov
       *[12] dic
    }
day = { $day } { month }
day-with-year = { $day } { month } { $year }
gain = +{ $held }
gift = "{ $name }"
points-and-gift = { $points } y "{ $name }"
which-shop = ¿En qué tienda? Responde 1, 2...
voucher = { $name }: clave { $code }, hasta el { $day }
vouchers = { $shop }: esto ya es tuyo, muestra la clave en caja.

near-voucher = Te espera "{ $name }": escribe CANJEAR.
near-enough = Ya te alcanza para "{ $name }": escribe CANJEAR.
near-money = Puedes gastar { $amount }: escribe CANJEAR.
near-missing =
    { $missing ->
        [one] Te falta { $missing } para "{ $name }".
       *[other] Te faltan { $missing } para "{ $name }".
    }
near-lapsing = Usa { $points } hasta el { $day }.
near-pending = Desde el { $day } tienes otros { $points }.

reward = { $number } { $name }: { $cost }
reward-missing =
    { $missing ->
        [one] { $number } { $name }: { $cost }, te falta { $missing }
       *[other] { $number } { $name }: { $cost }, te faltan { $missing }
    }
reward-level = { $number } { $name }: { $cost }, para nivel { $level }
reward-sold-out = { $number } { $name }: agotado
reward-again = { $number } { $name }: { $cost }, de nuevo desde el { $day }
reward-had = { $number } { $name }: ya lo canjeaste
reward-money = { $number } { $name }: { $cost } = { $amount }
rewards-more =
    { $count ->
        [one] y otro premio
       *[other] y otros { $count } premios
    }
rewards-none = { $shop }: por ahora no hay nada que canjear.
rewards-how = Para canjear, escribe CANJEAR 1, CANJEAR 2...
rewards-how-many = Escribe CANJEAR y la cantidad de { $unit_other }, por ejemplo CANJEAR { $example }.

redeemed = { $shop }: ¡{ $name } es para ti! Clave { $code }, hasta el { $day }. Muestra la clave en caja.
redeemed-money = { $shop }: ¡{ $amount } para ti! Clave { $code }, hasta el { $day }. Muestra la clave en caja.
redeemed-left = Ahora tienes { $held }.
redeem-which = { $shop }: ¿qué premio quieres? Responde 1, 2...
redeem-or = O elige otro premio: responde 1, 2...
redeem-how-many = { $shop }: ¿qué cantidad de { $unit_other } quieres usar? { $cost } = { $amount }. Tienes { $held }.
redeem-too-few =
    { $missing ->
        [one] { $shop }: { $name } cuesta { $cost }. Tienes { $held }, te falta { $missing }.
       *[other] { $shop }: { $name } cuesta { $cost }. Tienes { $held }, te faltan { $missing }.
    }
redeem-level = { $shop }: { $name } es para el nivel { $level }. Escribe NIVEL para ver lo que te falta.
redeem-not-yet = { $shop }: { $name } empieza el { $day }.
redeem-over = { $shop }: { $name } ya ha terminado. Escribe PREMIOS para ver lo que hay ahora.
redeem-again = { $shop }: ya canjeaste { $name }. Puedes canjearlo de nuevo desde el { $day }.
redeem-had = { $shop }: ya canjeaste { $name }. Escribe PREMIOS para ver otros.
redeem-sold-out = { $shop }: lo sentimos, { $name } se ha agotado. Escribe PREMIOS para ver otros.
redeem-unknown = { $shop }: disculpa, no tenemos ese premio. Escribe PREMIOS para ver lo que hay.

card =
    { $missing ->
        [one] { $shop }, { $name }: { $stamps }, te falta { $missing } para "{ $reward }".
       *[other] { $shop }, { $name }: { $stamps }, te faltan { $missing } para "{ $reward }".
    }
card-line =
    { $missing ->
        [one] { $name }: { $stamps }, te falta { $missing } para "{ $reward }"
       *[other] { $name }: { $stamps }, te faltan { $missing } para "{ $reward }"
    }
card-name = tu tarjeta
cards = { $shop }: tus tarjetas.
cards-none = { $shop }: no tenemos tarjeta de sellos.

tier-now = { $shop }: tu nivel es { $level }.
tier-now-until = { $shop }: tu nivel es { $level }, hasta el { $day }.
tier-none-yet = { $shop }: por ahora no tienes nivel.
tier-next = El siguiente es { $level }. Para llegar: { $missing }.
tier-next-by = El siguiente es { $level }. Para llegar: { $missing } hasta el { $day }.
tier-next-within =
    { $count ->
        [one] El siguiente es { $level }. Para llegar: { $missing } en un mes.
       *[other] El siguiente es { $level }. Para llegar: { $missing } en { $count } meses.
    }
tier-spend = { $amount } en compras
tier-visits =
    { $count ->
        [one] { $count } visita
       *[other] { $count } visitas
    }
tier-friends =
    { $count ->
        [one] { $count } persona invitada
       *[other] { $count } personas invitadas
    }
tier-times = { $unit_other } x{ $times }
tier-perks = Tienes: { $perks }.
perks-joined = { $perks }, { $perk }
tiers-none = { $shop }: no tenemos niveles.
membership-until = Plan { $name }: pagado hasta el { $day }.
membership-ends = { $shop }: tu plan { $membership } termina el { $day }. Para seguir, pregunta en la tienda. STOP: baja.
membership-offer =
    { $count ->
        [one] Plan { $name }: { $price } por un mes. Pregunta en caja.
       *[other] Plan { $name }: { $price } por { $count } meses. Pregunta en caja.
    }

refer = { $shop }: ¡invita a tus amistades! Para unirse, que escriban { $words } al { $number }.
refer-short = { $shop }: ¡invita a tus amistades!
refer-both = Con su primera compra, para ti { $mine } y para tu amistad { $theirs }.
refer-me = Con su primera compra, para ti { $mine }.
refer-friend = Con su primera compra, para tu amistad { $theirs }.
refer-link = Enlace para compartir: { $link }
refer-none = { $shop }: por ahora no hay nada por invitar a alguien.

earned = { $gain }.
earned-now = { $gain }, tienes { $held }.
not-now = { $shop }: disculpa, eso no cuenta por ahora.
code-taken = { $shop }: clave aceptada, ¡gracias!
code-used = { $shop }: esa clave ya fue usada.
code-over = { $shop }: esa clave ya no vale.
code-unknown = { $shop }: disculpa, no conocemos esa clave. Revisa la clave y escribe de nuevo.
code-join = Esa clave es para miembros de { $shop }. Escribe { $phrase } para unirte y luego manda la clave otra vez.
code-enough = { $shop }: por ahora no podemos aceptar otra clave. Escribe de nuevo desde el { $day }.
code-enough-ever = { $shop }: gracias, pero ya no podemos aceptar otra clave tuya.
code-which = { $shop }: escribe CODIGO y tu clave, por ejemplo CODIGO { $example }.
codes-none = { $shop }: no tenemos claves que mandar.
check-in-done = { $shop }: ¡gracias por tu visita!
check-in-wrong = { $shop }: esa no es la clave de hoy. Pregunta en caja.
check-in-again = { $shop }: ya registraste tu visita. Puedes hacerlo de nuevo desde el { $day }.
check-in-enough = { $shop }: ya registraste tu visita.
action-done = { $shop }: ¡gracias!
action-thanks = { $shop }: { $thanks }
action-again = { $shop }: gracias, eso ya lo hiciste. Cuenta de nuevo desde el { $day }.
action-once = { $shop }: gracias, eso ya lo hiciste.

history = { $shop }, lo reciente:
history-line = { $moved } { $day }: { $why }
history-none = { $shop }: por ahora no has ganado ni gastado nada.
stamps-moved =
    { $count ->
        [one] { $count } sello
       *[other] { $count } sellos
    }
why-sale = compra
why-refund = reembolso
why-joined = bienvenida
why-code = clave
why-check-in = visita
why-action = gracias
why-given-back = premio devuelto
why-lapsed = vencidos
why-birthday = regalo de cumple
why-friend = por invitar
why-other = ajuste

profile = { $shop } sabe de ti:
profile-first-name = { $number } Nombre: { $answer }
profile-birthday = { $number } Fecha de cumple: { $answer }
profile-own = { $number } { $prompt } { $answer }
profile-yes = Si
profile-no = No
profile-change = Para cambiar algo, escribe PERFIL 1, PERFIL 2...
profile-none = { $shop }: solo tenemos tu teléfono, no hace falta nada.

help-also = También: { $commands }
help-joined = { $commands }, { $command }

## Contado sin que se pregunte

told = { $shop }:
told-earned-often = { $gain } en { $count } visitas, tienes { $held }.
told-enough = tienes { $held }, y te alcanza para "{ $name }": escribe CANJEAR.
told-birthday = ¡feliz cumpleaños!
told-missed = ¡te echamos de menos! Tienes { $held }.
told-gift = "{ $name }" es para ti: muestra la clave { $code } hasta el { $day }.
told-level = ¡{ $level } ya es tu nivel!
told-voucher-lapses = "{ $name }" vale solo hasta el { $day }: clave { $code }.
told-points-lapse = { $points } para usar hasta el { $day }, que luego vencen.
told-stop = STOP: baja.

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

## Para el personal que escribe

staff-earned = { $name }: { $gain }. Ahora: { $held }.
staff-nothing = { $name }: anotado, pero no suma nada. Ahora: { $held }.
staff-gift = Listo para { $name }: { $reward }, clave { $code }.
staff-redeemed = { $code }: { $reward } para { $name }. Hecho.
staff-used = { $code } ya fue canjeado { $when } por { $who }.
staff-used-today = a las { $time }
staff-used-before = el { $day } a las { $time }
staff-code-over = { $code } ya no sirve.
staff-code-unknown = { $code }: esa clave no existe en esta tienda.
staff-unknown = Nadie tiene el { $phone } en esta tienda. Para invitarle, escribe INVITAR { $phone }.
staff-undone-sale = Deshecho. { $name } tiene ahora { $held }.
staff-undone-voucher = Deshecho. { $name } tiene de nuevo { $code }, para { $reward }.
staff-undone-waiting = Deshecho. Ya no espera su SI.
staff-undo-none = No hay nada que deshacer: solo lo que acabas de anotar, dentro de { $minutes } minutos.
staff-again = { $name } se acaba de anotar. Si hubo otra compra, repite el mensaje en un minuto.
staff-enough-hour = Son { $count } anotaciones en una hora, el tope por SMS. Puedes seguir a las { $time }.
staff-enough-day = { $name } ya lleva { $count } anotaciones hoy, el tope por SMS.
staff-which = ¿En qué tienda? Repite el mensaje indicando la tienda: { $example }
staff-how = Personal: SELLO y teléfono, GASTO y teléfono con importe, CANJEAR y clave, DESHACER, o INVITAR y teléfono.
staff-invited = Invitamos a { $phone } por SMS. Lo que anotes espera su SI hasta el { $day }.
staff-waits = { $phone }: anotado. Espera su SI hasta el { $day }.
staff-not-invited = No podemos invitar a { $phone }: ya le preguntamos, no quiere SMS o no puede recibirlos.
staff-member = { $name } ya es miembro, con { $held }.

## Invitaciones y cambios de teléfono

invited = { $shop }: responde SI antes del { $day } y te damos { $held }. Te unes y recibes mensajes recurrentes, hasta { $per_month } al mes. Pueden aplicarse tarifas de SMS y datos. AYUDA: info. STOP: baja.
merged-away = { $shop }: tus puntos de antes se han pasado a tu otro teléfono. Escribe SALDO desde ese.
