# La caja, sus dispositivos y los PIN.

till-who = Teléfono, o sus últimas 4 cifras
till-find = Buscar socio
till-number-short = Escribe al menos 4 cifras del número.
till-nobody-ends-so = Ningún socio tiene un número que acabe así. Escribe el número entero.
till-number-wrong = Eso no es un teléfono. Revísalo, o escríbelo con + y el código del país.
till-which = ¿Quién es?
till-more-than-shown = Hay más números que acaban en { $typed }: escribe más cifras.
till-nobody = Todavía no es socio
till-tell-them = Pregunta antes:
till-tell-what = ¿te podemos mandar un mensaje? Responde SÍ y ya eres socio de { $shop }, y esto cuenta. Sin un SÍ no se manda nada más.
till-invite-and-sale = Invitar + venta
till-invite-and-visit = Invitar + visita
till-invite-them = Invitar
till-cannot-invite = No se le puede invitar: ya se le preguntó o no quiere mensajes. Puede unirse con la palabra del cartel.
till-amount = Importe
till-amount-wrong = Escribe lo que ha pagado, o elige Visita.
till-add-sale = Sumar venta
till-add-visit = Visita
till-visit = Visita
till-vouchers = Vales
till-rewards = Por puntos
till-redeem = Canjear
till-hand-over = Entregar
till-hand-over-now = Entrega ahora:
till-how-many-points = Cuántos puntos
till-until = hasta el { $day }
till-redeem-code = Canjear un vale
till-code = Código del vale
till-look-up = Buscar
till-camera = Escanear
till-voucher-of = Vale de { $who }
till-percent-off = { $count } % de descuento
till-percent-off-at-most = { $count } % de descuento, { $most } como mucho
till-amount-off = { $amount } de descuento
till-stamps =
    { $count ->
        [one] { $count_written } sello
       *[other] { $count_written } sellos
    }
till-stamps-of = { $stamps } de { $size }
till-recorded = Registrado
till-undone = Deshecho
till-undone-short = deshecho
till-undo = Deshacer
till-undo-too-late = Ya ha pasado el minuto. Un encargado puede corregirlo en la página del socio.
till-cannot-undo = Eso ya no se puede deshacer.
till-next = Siguiente
till-has-now = Ahora tiene
till-gift = Vale nuevo: { $reward }
till-waits = Espera su SÍ
till-waits-until = Se le ha invitado por mensaje. Cuenta cuando responda SÍ, hasta el { $day }.
till-sent-later = enviado después
till-last = Lo último aquí
till-last-none = Lo que se registra aquí se ve durante un día.
till-invited-one = Invitado
till-kind-sale = Venta
till-kind-redeemed = Vale
till-kind-bought = Premio
till-kind-invited = Invitación
till-lock = Bloquear
till-lock-of = Bloquear la caja de
till-to-console = Consola
till-queue = Guardado en este dispositivo
till-pad = Teclado numérico
till-plus = Más
till-delete = Borrar la última cifra
till-dismiss = Descartar
till-why-visit = Por la visita
till-why-spend = Por lo gastado
till-why-item = Por lo comprado
till-why-card = Tarjeta
till-why-multiplier = Multiplicado
till-why-bonus = Extra
till-why-welcome = Bienvenida
till-why-birthday = Cumpleaños
till-why-referral = Por un amigo
till-why-code = Código
till-why-check-in = Presencia
till-why-action = Acción
till-why-level = Por el nivel

## Rechazado

till-too-few = faltan { $missing }
till-wrong-points = Escribe cuántos puntos.
till-higher-level = desde el nivel { $level }
till-had-all = ya ha tenido todos los que puede
till-none-left = no queda ninguno
till-not-today = hoy no
till-no-member = Nadie con este número es socio aquí.
till-no-voucher = No hay ningún vale con este código. Revísalo signo a signo.
till-not-theirs = Este vale es de otro socio.
till-voucher-redeemed = Este vale ya se canjeó.
till-voucher-cancelled = Este vale se anuló.
till-voucher-lapsed = Este vale ha caducado.
till-voucher-issued = Este vale se puede canjear.
till-sale-of-another = Esta venta se registró para otro socio.
till-no-sale = Eso no es el importe de una venta.
till-failed = Es culpa nuestra y está en el registro. No se ha guardado nada.
till-too-old =
    { $count ->
        [one] Se anotó hace más de un día: demasiado para contar.
       *[other] Se anotó hace más de { $count } días: demasiado para contar. Un encargado puede sumar los puntos a mano.
    }

## Sin conexión

till-offline = No hay conexión.
till-offline-how = Escribe el número entero y lo que ha pagado. Se guarda en este dispositivo y se envía una vez, en orden, cuando vuelva la conexión.
till-offline-no-redeeming = Los vales y los premios necesitan conexión: solo el servidor sabe si ya se canjearon en otro sitio.
till-whole-number = Teléfono entero
till-whole-number-wrong = Sin conexión hace falta el número entero.
till-js-waiting = { "{count}" } en espera
till-js-waiting-one = 1 en espera
till-js-lost = sin conexión desde las { "{time}" }
till-js-back = Ha vuelto la conexión.
till-js-sent = { "{count}" } enviados
till-js-sent-one = 1 enviado
till-js-pin = Hace falta el PIN para seguir enviando
till-js-kept = Guardado en este dispositivo. Se envía en cuanto vuelva la conexión.
till-js-needs-line = Esto necesita conexión. Inténtalo cuando vuelva.
till-js-waits = espera su SÍ
till-js-no-room = Este navegador no guarda nada, así que no se ha registrado. Inténtalo cuando vuelva la conexión.
till-js-no-camera = No se puede usar la cámara. Escribe el código.

## La puerta de la caja

till-who-are-you = ¿Quién eres?
till-pin = PIN
till-open = Abrir la caja
till-pin-wrong = Ese no es tu PIN.
till-no-people = Nadie tiene todavía un PIN para esta tienda. Un encargado los pone en la consola, en Dispositivos.
till-go-on-as = Seguir como { $name }
till-with-password = Entrar con contraseña
till-not-approved = Este navegador todavía no es una caja
till-not-approved-how = Un encargado lo aprueba en la consola, en Dispositivos: aquí mismo, o con un código que escribes abajo.
till-device-code = Código de la consola
till-make-till = Convertirlo en caja
till-code-wrong = Ese código no abre nada. Vale una vez y durante diez minutos: pide otro.
till-of-your-shops = O úsala tal como has entrado

## Dispositivos y PIN en la consola

title-pins = PIN
devices-lead = El personal entra con un PIN en los dispositivos que apruebas. En ningún otro sitio se entra con un PIN.
devices-to-pins = PIN
devices-none = Todavía no hay ninguna caja
devices-none-how = Cualquier tableta o teléfono con navegador puede serlo.
devices-shop = Tienda
devices-seen = Último uso
devices-approved = Aprobado
devices-this = este navegador
devices-waits = Espera su código hasta el { $until }
devices-remove = Quitar { $name }
devices-remove-what = Quien esté dentro sale al momento. Lo que espere allí para enviarse se queda allí hasta que vuelva a ser una caja.
devices-approve = Aprobar una caja
devices-name-example = Tableta del mostrador
devices-name-why = Para reconocerla en esta lista.
devices-name-wrong = Ponle un nombre de 1 a 60 caracteres.
devices-no-key = El servidor todavía no tiene secrets.key. La pone quien lo lleva; mira el manual de operaciones.
devices-approve-here = Este navegador
devices-approve-code = Otro dispositivo, con un código
devices-code-for = Abrir una caja de { $shop }
devices-code-how = En el dispositivo abre el enlace, o escanéalo. El código vale una vez, durante diez minutos.
devices-code-drawn = El enlace como código para escanear
devices-here-is = Este navegador es una caja de { $shop }.
devices-open-till = Abrir la caja
pins-lead = De cuatro a seis cifras, solo para la caja. Quien no tiene correo trabaja solo con el PIN.
pins-nobody = Todavía no trabaja nadie aquí.
pins-all-shops = Todas las tiendas
pins-has = tiene
pins-set = Poner un PIN
pins-of = PIN de { $name }
pins-add = Añadir a alguien para la caja
pins-add-who = Con un nombre y un PIN registra ventas y canjea vales, y no ve nada de la consola.
pins-rule = De 4 a 6 cifras, ni seguidas ni todas iguales.
pins-wrong = Elige de 4 a 6 cifras que no sean todas iguales, ni seguidas, ni el mismo par repetido.
done-device-here = Este navegador ya es una caja.
done-device-removed = La caja se ha quitado; ya no hay nadie dentro.
done-pin = El PIN está puesto.
done-pin-removed = El PIN se ha quitado; ha salido de las cajas.
done-pin-person = Ya puede entrar en las cajas.
