# Lo que dice la pasarela en español. Las palabras evitan á, í, ó y ú: no están en GSM-7 y partirían el mensaje en dos.

## Palabras que la gente escribe, separadas por comas

words-balance = saldo, puntos, mis puntos, mi saldo
words-yes = si, sí, s, vale, claro, si por favor
words-no = no, n, no gracias

## Partes

points =
    { $points ->
        [one] { $points } punto
       *[other] { $points } puntos
    }
and-more =
    { $count ->
        [one] y otra tienda
       *[other] y otras { $count } tiendas
    }

## Alta

join-confirmed = { $shop }: ¡te damos la bienvenida! Tienes { points }. Mensajes recurrentes, hasta { $per_month } al mes. Pueden aplicarse tarifas de mensajes y datos. SALDO: puntos. AYUDA: ayuda. STOP: baja.
join-question = { $shop }: responde SI para unirte y recibir mensajes recurrentes, hasta { $per_month } al mes. Pueden aplicarse tarifas de mensajes y datos. AYUDA: ayuda. STOP: baja.
join-reminder = Responde SI para unirte a { $shop }, o NO si prefieres que no.
join-already = { $shop }: ¡qué bien verte de nuevo! Tienes { points }.
join-declined = De acuerdo, no te damos de alta en { $shop }. Si cambias de idea, escribe { $phrase }.
join-declined-short = De acuerdo, no te damos de alta en { $shop }.

## Saldo

balance-one = { $shop }: tienes { points }.
balance-line = { $shop }: { points }
not-a-member = Por ahora no eres miembro.
not-a-member-here = Por ahora no eres miembro. Pregunta en la tienda.
offer = Escribe { $phrase } para unirte a { $shop }.

## Ayuda, baja, vuelta

help-one = { $shop }: escribe SALDO para ver tus puntos. ¿Preguntas? { $contact }. Hasta { $per_month } mensajes al mes. Pueden aplicarse tarifas de mensajes y datos. STOP: baja.
help-counter = { $shop }: escribe SALDO para ver tus puntos. ¿Preguntas? Habla con la tienda. Hasta { $per_month } mensajes al mes. Pueden aplicarse tarifas de mensajes y datos. STOP: baja.
help-several = { $shops }: escribe SALDO para ver tus puntos. Hasta { $per_month } mensajes al mes. Pueden aplicarse tarifas de mensajes y datos. STOP: baja.
stop-confirmed = { $shops }: te has dado de baja y ya no te enviaremos mensajes. Responde START para volver.
stop-confirmed-plain = Te has dado de baja y ya no te enviaremos mensajes. Responde START para volver.
start-confirmed = { $shops }: vuelves a recibir mensajes, hasta { $per_month } al mes. Pueden aplicarse tarifas de mensajes y datos. SALDO: puntos. AYUDA: ayuda. STOP: baja.
start-plain = Vuelves a recibir mensajes.
start-already = { $shops }: tienes activados los mensajes, hasta { $per_month } al mes. Pueden aplicarse tarifas de mensajes y datos. SALDO: puntos. AYUDA: ayuda. STOP: baja.
start-already-plain = Tienes activados los mensajes.

## Lo demás

hint-member = Perdona, no te entendemos. Escribe SALDO para ver tus puntos o AYUDA.
hint-stranger = Perdona, no te entendemos.
