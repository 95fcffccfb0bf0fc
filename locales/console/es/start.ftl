# Los primeros cinco minutos.

start-steps = Pasos
start-step-shop = Tienda
start-step-keyword = Palabra clave
start-step-program = Programa
start-step-words = Textos
start-step-try = Prueba
start-step-sign = Cartel
start-begin = Empezar
start-on = Seguir
start-go-on = Seguir configurando
start-on-sign = Al cartel
title-start-shop = Abre tu tienda
start-shop-story = Para empezar basta el nombre de tu tienda. Lo demás ya está como es habitual donde es tu número; todo se puede cambiar después.
start-shop-go = Abrir la tienda
start-no-number = Aún no hay número
start-no-number-story = Una tienda escribe desde un número y el tuyo aún no está listo. Pide a quien lleva este sistema que añada uno; esta página sigue en cuanto esté.
start-no-number-operator = Una tienda escribe desde un número y este comercio no tiene ninguno. Añade uno con POST /v1/senders: compartido o solo para este comercio. Después esta página sigue.
title-start-keyword = Elige tu palabra clave
start-keyword-story = La gente la envía al { $number } para unirse. Funciona al momento.
start-keyword-present = Tus carteles dicen
start-keyword-another = Otra más
start-keyword-go = Activarla
title-start-program = ¿Cómo ganan tus socios?
start-program-story = Elige lo que más se parezca a lo que quieres. Después puedes cambiar cada cifra.
start-program-choose = Elige un programa
start-program-present = Tu programa es «{ $program }». Si eliges otro, lo sustituye desde ahora; los socios conservan lo que tienen.
start-program-shared = Lo comparte con { $shops }; otro sería solo para esta tienda.
start-program-look = Verlo
start-program-go = Quiero este
start-program-later = Con esto no se envía nada a nadie.
hint-choose-program = Elige uno de estos programas.
done-program-chosen = Tu programa está en vigor.
title-start-words = Lo que leerán tus socios
start-words-story = Son las respuestas reales de tu tienda, palabra por palabra, a quien se une hoy.
start-words-change = El nombre de tu tienda, el contacto y las preguntas están en los ajustes; los textos también se pueden cambiar.
cost-title = Lo que cuesta enviarlo
cost-story = Las operadoras cobran por segmento: 160 caracteres sencillos, o 70 con caracteres especiales. Los textos más largos ocupan varios.
cost-texted = Se envía
cost-takes = La respuesta ocupa
cost-costs = Cuesta
cost-joining =
    { $count ->
        [one] Un segmento por cada persona que se une.
       *[other] { $count_written } segmentos por cada persona que se une.
    }
cost-joining-money = Son { $one } por persona, { $many } por mil.
cost-price = Precio de un segmento
cost-price-wrong = Escribe un precio, como 0,0079.
cost-reckon = Calcular
segments =
    { $count ->
        [one] 1 segmento
       *[other] { $count_written } segmentos
    }
units =
    { $count ->
        [one] 1 carácter
       *[other] { $count_written } caracteres
    }
title-start-try = Pruébalo
start-try-story = Envía { $phrase } como lo haría un socio. Este teléfono responde como tu tienda; no se envía ni se guarda nada.
try-phone = Un teléfono para probar
try-empty = Pulsa tu palabra clave o escríbela.
try-say = Mensaje de texto
try-send = Enviar
try-again = Empezar de nuevo
try-full = Ha sido una charla larga.
try-own = En tu propio teléfono
try-own-story = Envía { $phrase } al { $number } o apunta al código con la cámara. Esta vez es de verdad: te haces socio.
try-carrier = Estos mensajes los lleva la operadora incluida.
try-carrier-open = Abrir sus teléfonos
title-start-sign = Imprime tu cartel
start-sign-story = Cuélgalo donde la gente espera. La letra pequeña es la que piden la ley y las operadoras.
start-done = Ya está
start-done-story = Tu palabra clave está activa. Quien la envía es socio, y tu mostrador puede empezar.
start-done-shop = A la tienda

## Programas para empezar

preset-buy-9-get-10th = Tarjeta de sellos
preset-buy-9-get-10th-story = Cada café es un sello. Nueve sellos, y el décimo café lo invita la casa.
preset-buy-4-get-5th = Tarjeta corta
preset-buy-4-get-5th-story = Cada visita de [10] o más es un sello. Cuatro sellos, y el quinto lavado es gratis.
preset-dollar-points = Puntos por compras
preset-dollar-points-story = Un punto por cada [1] gastado. Cien puntos son [5] de descuento.
preset-visit-points = Puntos por visitas
preset-visit-points-story = Cada visita es un punto. Diez puntos son un café de la casa.
preset-coffee-club = Un poco de todo
preset-coffee-club-story = Un punto por cada [1] gastado, y el décimo café lo invita la casa. Los amigos que vienen dan 20 puntos a uno y 10 al otro.
preset-birthday-and-referral = Cumpleaños y amigos
preset-birthday-and-referral-story = Una tarta por el cumpleaños, y 50 puntos para los dos cuando un amigo ha comprado algo. A los nuevos socios se les pregunta su cumpleaños.
preset-double-over-150 = Puntos dobles en compras grandes
preset-double-over-150-story = Un punto por cada [1], y dos en cada compra de [150] o más. 500 puntos son [25] de descuento.
preset-vip-500 = VIP
preset-vip-500-story = Un punto por cada [1] gastado. Quien gasta [500] en un año es VIP, con puntos dobles e invitaciones.
preset-stars-gold = Estrellas y Oro
preset-stars-gold-story = Una estrella por cada visita y cada código de paquete, dos si se paga con tu tarjeta. Treinta estrellas en doce meses son Oro, y doce estrellas son una bebida.
preset-spend-tiers = Tres niveles
preset-spend-tiers-story = Todos son Fan desde el primer día, Star con [150] al año y Legend con [500]. Cada nivel trae más: muestras, sesiones, envíos.
preset-paid-membership = Membresía de pago
preset-paid-membership-story = La membresía cuesta [99] al año. Sus miembros ganan puntos dobles, tienen envío gratis y un café cada mes.
preset-bazaar = Bazar
preset-bazaar-story = Un punto por cada [1], que se gasta en cosas que no están a la venta. Dos niveles, con [350] y [1000] al año, abren más.
preset-pledge-and-trade-in = Promesa y devolución
preset-pledge-and-trade-in-story = Los socios prometen comprar menos y reparar más enviando PLEDGE. Cada prenda usada que traen son 20 puntos, y 100 puntos son [20] de descuento.
preset-fare-class = Tarifas por clase
preset-fare-class-story = Seis puntos por cada [1] de una tarifa Saver, diez en Flex, doce en Business. 6000 puntos son [100] de descuento en el próximo viaje.
