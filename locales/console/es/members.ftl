# Los socios: la lista y las páginas de cada uno.

members-find = Buscar un socio
members-find-how = Las 4 últimas cifras del teléfono o el principio del nombre.
members-too-few-digits = Escribe al menos 4 cifras del teléfono o el principio del nombre.
members-none-fit = Nadie coincide
members-none-fit-story = Prueba con más cifras o escribe el nombre de otra forma.
members-none = Aún no hay socios
members-none-story = Quien envía tu palabra clave se hace socio. Imprime el cartel y ponlo donde espera la gente.
members-to-keywords = A las palabras clave
members-all = Todos los socios
members-cut = Puede haber más: escribe más cifras o más letras.
find = Buscar
member = Socio
phone = Teléfono
balance = Saldo
level = Nivel
all-levels = Todos los niveles
last-visit = Última visita
joined = Alta
never = Nunca
has-left = Se fue
pages = Páginas
to-newest = A lo más reciente
member-unnamed = Aún sin nombre
member-pages = Páginas de este socio
member-tab-overview = Resumen
member-tab-entries = Movimientos
member-tab-conversation = Conversación
member-tab-consent = Consentimiento
member-tab-profile = Perfil
member-tab-way = ¿Por qué no me llegó?
member-left-on = Se fue el { $day }
tag-opted-out = Sin mensajes
tag-in-doubt = En duda
pending = Aún no disponible
in-vouchers = En vales
visits = Visitas
member-lapse = { $points } caducan después del { $day }
member-no-level = Todavía ninguno
level-next = Camino de { $level }
level-missing = Faltan { $missing } para { $level }
level-highest = El más alto que hay.
member-card = Tarjeta de sellos
member-stamps = { $count_written } de { $size_written } sellos
card-gives = completa: { $reward }
cards-filled =
    { $count ->
        [one] 1 completada
       *[other] { $count_written } completadas
    }
stamps-count =
    { $count ->
        [one] 1 sello
       *[other] { $count_written } sellos
    }
vouchers-count =
    { $count ->
        [one] 1 vale
       *[other] { $count_written } vales
    }
visits-count =
    { $count ->
        [one] 1 visita
       *[other] { $count_written } visitas
    }
friends-count =
    { $count ->
        [one] 1 amigo
       *[other] { $count_written } amigos
    }
segments-count =
    { $count ->
        [one] 1 segmento
       *[other] { $count_written } segmentos
    }
vouchers = Vales
no-vouchers = Ningún vale está por canjear.
good-until = vale hasta el { $day }
redeem = Canjear
cancel-voucher = Anular
rewards = Lo que puede tener
give-reward = Dárselo
how-many = ¿Cuántos { $unit }?
reach = Mensajes
reach-open = Se le puede escribir.
reach-opted_out = Pidió no recibir mensajes: no se le envía nada.
reach-in_doubt = No está claro si quiere mensajes: solo recibe respuestas.
reach-left = Dejó esta tienda: no se le cuenta nada.
reach-no_member = Ahora no es socio de aquí.
reach-merged = Lo que tenía es ahora de otro socio.
reach-last_failed = El último mensaje no le llegó.
reach-shop_is_silent = Tu tienda no cuenta nada a los socios sin que pregunten. Sí reciben respuestas.
reach-capped = Ya recibió los mensajes de esta semana. Sí recibe respuestas.
reach-bundled = Se le acaba de contar algo; lo siguiente espera un poco.
reach-asked = Una pregunta nuestra espera su respuesta.
reach-quiet = Es demasiado pronto o demasiado tarde donde está. Sí recibe respuestas.
adjust = Dar o quitar a mano
adjust-points = Cuántos
adjust-points-how = +50 da, -20 quita.
adjust-points-wrong = Escribe un número entero distinto de 0, como +50 o -20.
adjust-too-few =
    { $count ->
        [one] Solo hay 1 que quitar.
       *[other] Solo hay { $count_written } que quitar.
    }
adjust-reason = Por qué
adjust-reason-how = Queda en el historial del socio.
adjust-reason-wrong = Di por qué en pocas palabras, como mucho 500 caracteres.
adjust-go = Dar o quitar
reward-too-few = faltan { $points }
reward-level = para un nivel más alto
reward-limit = ya tuvo los que se pueden
reward-sold-out = no quedan
reward-not-today = hoy no
reward-wrong = así no se puede
order-no-member = Ahora no es socio de esta tienda.
order-no-voucher = No existe ese vale.
order-not-theirs = Este vale es de otro socio.
order-voucher-redeemed = Este vale ya se canjeó.
order-voucher-cancelled = Este vale ya se anuló.
order-voucher-lapsed = Este vale ha caducado.
member-more = Más
done-adjusted = Hecho. Está en los movimientos del socio.
done-issued = El vale está listo.
done-redeemed = Canjeado.
done-cancelled = Anulado. Lo que costó ha vuelto.

## Movimientos

no-entries = Todavía no ha ganado ni gastado nada.
what-happened = Qué pasó
moved = Cantidad
where-to = Adónde
who = Quién
when = Cuándo
entry-sale = Compra
entry-refund = Devolución
entry-adjusted = A mano
entry-action = Acción
entry-membership = Membresía
entry-issued = Vale
entry-reward = Vale
entry-redeemed = Canjeado
entry-cancelled = Vale anulado
entry-reinstated = Canje deshecho
entry-voucher-lapsed = Vale caducado
entry-joined = Bienvenida
entry-imported = Traído de otro sistema
entry-merged = Unido
entry-unmerged = Unión deshecha
entry-moved = Pasado a otro programa
entry-code = Código
entry-check-in = Visita registrada
entry-referral = Un amigo
entry-referral-reversed = Devolución de un amigo
entry-released = Disponible
entry-lapsed = Caducado
entry-birthday = Cumpleaños
entry-level = Nivel
entry-gift = Regalo del nivel
entry-membership-ended = Fin de la membresía
entry-clock = Por el paso del tiempo
entry-other = Otro
actor-member = El socio
actor-clock = El calendario
actor-till = Caja
book-outside-available = Disponible
book-outside-pending = Disponible más tarde
book-pending-available = Ya disponible
book-pending-outside = Retirado
book-available-outside = Retirado
book-available-locked = A un vale
book-locked-available = De vuelta de un vale
book-locked-spent = Gastado
book-spent-locked = De vuelta al vale
book-available-spent = Gastado
book-spent-available = Devuelto
book-available-lapsed = Caducado
book-pending-lapsed = Caducado
book-locked-lapsed = Caducado
book-lapsed-available = Recuperado
book-lapsed-outside = Retirado
book-spent-outside = Retirado
book-locked-outside = Retirado
book-outside-locked = A un vale
book-outside-spent = Gastado
book-outside-lapsed = Caducado

## Conversación

no-texts = Todavía no se ha dicho nada.
earlier-texts = Mensajes anteriores
said-ours = Nosotros
said-theirs = El socio
said-by-staff = escrito por el personal
said-for-others = Este mensaje también habla de otros, así que aquí no se muestra.
said-photo = Foto ({ $type })
said-file = Archivo ({ $type })
said-why = ¿por qué?
said-deferred = espera a la mañana
said-queued = en espera
said-claimed = enviándose
said-unclear = comprobándose
said-sent = enviado
said-delivered = entregado
said-read = leído
said-undelivered = no entregado
said-failed = no enviado
said-opted-out = rechazado: sin mensajes
said-withdrawn = retirado
said-accepted = enviado
said-scheduled = enviado
said-sending = enviado

## Consentimiento

consent-story = La prueba de lo que aceptó: cuándo, cómo, qué escribió y qué se le mostró.
no-consent = No hay prueba de consentimiento: no recibe mensajes hasta que envíe una palabra clave.
consent-asked = Se le preguntó
consent-opt-in = Aceptó
consent-declined = Dijo que no
consent-opt-out = Pidió no recibir más
consent-opt-in-again = Volvió a aceptar
consent-no-marketing = En duda: solo respuestas
consent-marketing = Ya no hay duda
consent-by-keyword = con una palabra clave
consent-by-answer = con una respuesta
consent-by-invitation = por una invitación
consent-by-reserved-word = con una palabra como STOP o START
consent-by-own-words = con sus propias palabras
consent-by-command = con un comando
consent-by-provider-notice = según el proveedor
consent-by-carrier-refusal = según la operadora
consent-by-imported = traído de otro sistema
consent-typed = Escribió
consent-shown = Se le mostró
consent-source = Entendido por, o de

## Perfil

profile-title = Lo que contó
birthday = Cumpleaños
spoken-en = Inglés
spoken-es = Español
spoken-fr = Francés
spoken-ro = Rumano
spoken-zh = Chino

## ¿Por qué no me llegó?

way-title = ¿Por qué no me llegó?
way-story = Qué le impide recibir mensajes de esta tienda y cuándo recibirá lo que le espera.
way-then = Después
way-now = Ahora
way-to-member = Por qué no recibe ningún mensaje
way-to-texts = Cada uno de sus mensajes y qué fue de él
way-answer = Responde a un mensaje suyo.
way-unasked = Nadie lo pidió: tu tienda le cuenta algo.
way-by_staff = Lo escribió el personal.
way-queued = Escrito y puesto en cola.
way-held = Retenido hasta el { $until }: antes no se pueden recibir mensajes allí.
way-behind = Sale cuando se resuelva un mensaje anterior al mismo teléfono, para que lleguen en orden.
way-paused = El número que lo envía descansa hasta el { $until }.
way-paced =
    { $count ->
        [one] Sale después de otro mensaje de este número.
       *[other] Sale después de otros { $count_written } mensajes de este número.
    }
way-due = Sale enseguida.
way-under_way = Se está entregando al proveedor ahora mismo.
way-tried =
    { $count ->
        [one] Se intentó una vez.
       *[other] Se intentó { $count_written } veces.
    }
way-again = Se vuelve a intentar el { $until }.
way-look_up = Puede que el proveedor lo aceptara. Se comprueba el { $until }, para que nadie lo reciba dos veces.
way-taken = El proveedor lo aceptó.
way-on_its_way = Lo tiene la operadora, que aún no ha dicho si llegó.
way-no_report = El proveedor aún no ha dicho qué fue de él.
way-delivered = La operadora dice que llegó. Si no está, mira los mensajes bloqueados del teléfono.
way-read = Se leyó.
way-undelivered = La operadora no lo entregó.
way-failed = No se envió.
way-opted_out_there = La operadora lo rechazó: allí pidió no recibir mensajes.
way-withdrawn = Se retiró: pidió no recibir mensajes antes de que saliera.
way-because = { $why } (número { $code })
way-done = Con este mensaje ya no pasa nada más.
way-open = Se le puede escribir.
way-opted_out = Pidió no recibir mensajes el { $until }. Solo lo cambia su propio START o una palabra clave.
way-in_doubt = El { $until } parecía no querer más mensajes y se le preguntó. Mientras no diga otra cosa, solo recibe respuestas.
way-left = Dejó esta tienda el { $until }. Una palabra clave lo trae de vuelta.
way-no_member = No es socio de esta tienda.
way-merged = Lo que tenía es ahora de otro socio.
way-last_failed = El último mensaje no llegó: { $why } (número { $code })
way-shop_is_silent = Tu tienda no cuenta nada a los socios sin que pregunten. Sí reciben respuestas.
way-capped = Ya recibió en siete días tantos mensajes como permite tu tienda. Más a partir del { $until }.
way-bundled = Se le acaba de contar algo. Lo siguiente se cuenta en un solo mensaje, a partir del { $until }.
way-asked = Una pregunta nuestra espera su respuesta hasta el { $until }. Mientras tanto no se cuenta nada más.
way-quiet = A esta hora no se pueden recibir mensajes en la zona del teléfono. Se podrá a partir del { $until }.
way-waits = Lo que le espera se le cuenta a partir del { $until }.
way-nothing_waits = No hay nada pendiente de contarle.
carrier-unreachable = Este número no puede recibir mensajes: puede ser un fijo o estar fuera de servicio.
carrier-out_of_reach = El teléfono estaba apagado o sin cobertura.
carrier-opted_out = Pidió a la operadora no recibir mensajes. Solo lo cambia su propio START.
carrier-too_fast = Se enviaron más mensajes de los que el número puede enviar a la vez.
carrier-carrier = El proveedor o la operadora tuvo problemas.
carrier-unclear = El proveedor no dijo si aceptó el mensaje.
carrier-account = El proveedor rechaza la cuenta. Avisa a tu operador.
carrier-setting = Un ajuste del proveedor prohíbe este mensaje. Avisa a tu operador.
carrier-request = El proveedor no aceptó la petición. Avisa a tu operador.
carrier-filtered = Un filtro de la operadora detuvo el mensaje, por su texto o por su remitente.
carrier-unknown = La operadora no dijo por qué.
carrier-refused = El proveedor rechaza este mensaje definitivamente.

## Unir

merge-title = Unir dos teléfonos de una persona
merge-story = Todo lo que tiene el otro teléfono pasa a este socio. Ves lo que se mueve antes de hacerlo y puedes deshacerlo.
merge-find = Buscar el otro teléfono
merge-look = Ver
merge-preview = De { $other }, { $phone }, esto pasa aquí
merge-nothing = Nada: el otro teléfono no tiene nada.
merge-consent = El consentimiento no se mueve: { $shops } solo podrá escribir a este teléfono cuando se dé de alta allí.
merge-go = Unir
merges-done = Unidos a este socio
merge-undo = Deshacer
merge-same = Es el mismo socio.
merge-already = Uno de los dos ya está unido a otro socio.
merge-undone = Esto ya se deshizo.
merge-on = Este socio se unió después a otro. Deshaz eso primero.
done-merged = Unidos.
done-unmerged = Deshecho, en la medida en que seguía allí.

## Lo que un socio puede pedir

export-title = Todo lo que se guarda de él (un archivo)
erase-title = Borrar a este socio
erase-goes = Lo que se va para siempre: teléfono, nombre, cumpleaños, respuestas, todos los mensajes, lo que el personal escribió sobre él y las palabras de su consentimiento.
erase-stays = Lo que se queda: cantidades en las cuentas, sin nombre, para que cuadren; que alguien aceptó, y cuándo; y, si pidió no recibir mensajes, un código hecho a partir del teléfono, para que siga sin recibirlos. Puede volver a darse de alta cuando quiera.
erase-for-good = Esto no se puede deshacer.
erase-confirm = Escribe las 4 últimas cifras de { $phone } para seguir
erase-confirm-wrong = No son las 4 últimas cifras del teléfono.
erase-go = Borrar para siempre
erase-merged = Se unió a otro socio. Borra a ese: este teléfono se va con él.
erase-other-shops = También pertenece a otras tiendas. Tiene que hacerlo alguien que esté para todas.
erase-text-under-way = Ahora mismo se le está enviando un mensaje. Prueba de nuevo en un minuto.
erase-no-key = Este sistema no tiene clave para guardar de forma segura quién no quiere mensajes. Avisa a tu operador: falta secrets.key.
done-erased = Borrado. No se guarda nada personal de él.
