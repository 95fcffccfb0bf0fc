# El programa: contado en frases, cambiado, probado, repetido, publicado.

title-program-draft = El borrador
title-program-whole = El borrador tal como está escrito
title-program-try = Probar una venta
title-program-replay = Repetición
title-program-publish = Publicar
title-program-versions = Versiones
program-tab-program = En vigor
program-tab-draft = Borrador
program-tab-try = Probar una venta
program-tab-replay = Repetición
program-tab-publish = Publicar
program-tab-versions = Versiones
program-change = Cambiar el programa
program-go-on = Seguir con el borrador
program-to-publish = Ver qué cambia
program-since = En vigor desde el { $moment }.
program-none = Esta tienda todavía no tiene un programa propio. Esto es todo lo que reciben los socios. Cámbialo: no pasa nada hasta que lo publiques.
program-coming = Otra versión entra en vigor el { $moment }.
program-look = Leerla
program-draft-of = { $by } está cambiando el programa; la última vez, el { $moment }. Los socios no notan nada hasta que se publica.
program-draft-lead = Nada de esto cuenta hasta que lo publiques. Último cambio de { $by }, { $moment }.
program-shared = Este programa es también de { $shops }. Lo que cambies aquí cambia allí.
program-wrong =
    { $count ->
        [one] Hay una cosa por corregir antes de publicar.
       *[other] Hay { $count_written } cosas por corregir antes de publicar.
    }
program-mend = Corregir
program-whole = Escribir el programa a mano
program-whole-lead = Para lo que ninguna frase cuenta. En JSON o TOML; el manual explica cada ajuste.
program-written = El programa
program-in-force = En vigor
program-draft = El borrador

## Partes

program-section-basics = El programa
program-section-earn = Cómo se gana
program-section-rewards = Premios
program-section-tiers = Cómo funcionan los niveles
program-section-levels = Niveles
program-section-membership = Membresía de pago
program-empty-basics = Nada todavía.
program-empty-earn = Los socios no ganan nada todavía. Añade una regla.
program-empty-rewards = Todavía no hay nada que conseguir. Añade un premio.
program-empty-levels = Sin niveles: todos los socios son iguales.
program-empty-membership = Sin membresía de pago.
program-add-rule = Añadir una regla
program-add-rewards = Añadir un premio
program-add-levels = Añadir un nivel
program-add-membership = Añadir una membresía de pago
program-new-earn = Regla nueva
program-new-rewards = Premio nuevo
program-new-levels = Nivel nuevo
program-new-membership = Plus
part-change = Cambiar: { $part }
part-remove = Quitar: { $part }
part-raise = Subir: { $part }
part-save = Guardar en el borrador
done-part-saved = Guardado en el borrador.
done-part-removed = Quitado del borrador.
done-part-moved = Movido.
draft-discard = Tirar el borrador
draft-discard-story = Lo que está en vigor se queda como está. El borrador no se puede recuperar.
draft-discard-yes = Tirarlo
done-draft-discarded = El borrador ya no está. Nada más ha cambiado.
program-more-sentences = Más: nombres, condiciones, límites
program-other-languages = En otros idiomas
program-in-language-en = Inglés
program-in-language-es = Español
program-in-language-fr = Francés
program-in-language-ro = Rumano
program-in-language-zh = Chino
program-pick-worth = Cuánto vale
program-pick-window = En qué tiempo cuenta

## Clases de reglas

program-kind-visit = Puntos por visita
program-kind-story-visit = Cada visita da puntos, se compre lo que se compre.
program-kind-spend = Puntos por gasto
program-kind-story-spend = Por cada 1 gastado, los socios ganan puntos.
program-kind-item = Puntos por artículos
program-kind-story-item = Cada artículo, o cada uno de algunos, da puntos.
program-kind-card = Tarjeta de sellos
program-kind-story-card = Compra tantos y llévate un premio: los sellos llenan una tarjeta.
program-kind-multiplier = Más puntos
program-kind-story-multiplier = Puntos dobles los martes, o en compras grandes.
program-kind-bonus = Extra
program-kind-story-bonus = Puntos o un premio además de la compra.
program-kind-welcome = Regalo de bienvenida
program-kind-story-welcome = Quien se apunta recibe algo enseguida.
program-kind-birthday = Regalo de cumpleaños
program-kind-story-birthday = Los socios reciben algo por su cumpleaños.
program-kind-referral = Amigos que traen amigos
program-kind-story-referral = Los dos reciben las gracias cuando el amigo ha comprado algo.
program-kind-code = Códigos por mensaje
program-kind-story-code = Códigos de un solo uso, de paquetes o tiques.
program-kind-check-in = Código del día
program-kind-story-check-in = Los socios envían el código que cuelga en el mostrador.
program-kind-action = Algo que se hace
program-kind-story-action = Una encuesta, un taller, una promesa: puntos sin compra.

## Las frases

clause-name = Los socios leen el nombre { $name }.
clause-story = Para tu equipo: { $story }
clause-unit = Los socios juntan { $unit }.
clause-pending = Los puntos se pueden gastar pasados { $pending_days }.
clause-after-months = Los puntos caducan a los { $expiry_after_months } de ganarlos.
clause-yearly-on = Los puntos caducan cada año al acabar el { $expiry_yearly_on }.
clause-inactive = Todos los puntos caducan si no pasa nada durante { $expiry_inactive_months }.
clause-limit-of-all = Todas las reglas juntas dan a un socio como máximo { $limit }.
clause-negative = Si una devolución quita más puntos de los que hay, { $may_be_negative }.
clause-visit = Cada visita da { $points }.
clause-visit-gap = Una visita cuenta si han pasado { $gap_minutes } desde la anterior.
clause-spend = Por cada { $per } gastados, los socios ganan { $points }.
clause-categories = Solo cuentan artículos de estas categorías: { $articles_categories }.
clause-skus = Solo cuentan estos artículos: { $articles_skus }.
clause-tax = { $tax }.
clause-round = Una parte de un punto { $round }.
clause-item = Cada artículo comprado da { $points }.
clause-card = Una tarjeta con { $stamps } está llena y da { $reward }.
clause-stamp-per = Cada { $per } es un sello.
clause-stamp-from = Solo las compras desde { $basket_from } dan un sello.
clause-head-start = Los socios nuevos empiezan con { $head_start }.
clause-multiplier = Los puntos de una compra cuentan { $times } veces.
clause-multiplier-of = Solo los puntos de estas reglas: { $of }.
clause-bonus = Una compra da además { $points }.
clause-reward = Los socios reciben este premio: { $reward }.
clause-welcome = Quien se apunta recibe { $points }.
clause-birthday = Por su cumpleaños los socios reciben { $points }.
clause-birthday-before = Se da { $days_before } antes del cumpleaños.
clause-birthday-after = El premio se puede usar hasta { $days_after } después.
clause-leap-day = Quien nació un 29 de febrero lo celebra los otros años el { $leap_day }.
clause-referral = Quien trae a un amigo recibe { $points }.
clause-referral-reward = Quien trae a un amigo recibe este premio: { $reward }.
clause-friend = El amigo recibe { $friend_points }.
clause-friend-reward = El amigo recibe este premio: { $friend_reward }.
clause-friends-max = Se dan las gracias por un máximo de { $friends_a_year_max } al año.
clause-code = Cada código vale { $points }.
clause-check-in = Enviar el código del día da { $points }.
clause-action = Quien lo hace recibe { $points }.
clause-action-word = Los socios envían la palabra { $word }.
clause-action-thanks = Se les responde: { $thanks }
clause-rule-name = Los socios la leen como { $name }.
clause-limit = Un socio recibe de ella como máximo { $limit }.
clause-when-basket = Solo si se paga { $when_basket_from } o más.
clause-when-items = Solo si se compran al menos { $when_items_from }.
clause-when-categories = Solo si se compra un artículo de estas categorías: { $when_articles_categories }.
clause-when-skus = Solo si se compra uno de estos artículos: { $when_articles_skus }.
clause-when-payments = Solo si se paga con { $when_payments }.
clause-when-first = Solo en { $when_first_purchase }.
clause-when-weekdays = Solo en { $when_weekdays }.
clause-when-hours = Solo entre estas horas: { $when_hours }.
clause-when-from = Desde el { $when_from }.
clause-when-until = Hasta el { $when_until }.
clause-when-levels = Solo para socios del nivel { $when_levels }.
clause-when-paid = Solo para { $when_paid_member }.
clause-when-birthday = Solo a { $when_days_around_birthday } del cumpleaños como mucho.
clause-when-answers = Solo para quien respondió { $when_answers }.
clause-reward-name = Los socios leen { $name }.
clause-cost = Cuesta { $cost }.
clause-worth-gift = Es un regalo que su nombre describe.
clause-worth-free-item = Un artículo es gratis: de las categorías { $articles_categories }, con los números { $articles_skus }.
clause-worth-free-item-without-articles-skus = Un artículo es gratis: de las categorías { $articles_categories }.
clause-worth-free-item-without-articles-categories = Un artículo es gratis: con los números { $articles_skus }.
clause-worth-free-item-without-articles-categories-without-articles-skus = Un artículo es gratis.
clause-worth-amount-off = Descuenta { $amount }.
clause-worth-percent-off = Descuenta { $percent }, como máximo { $amount_max }.
clause-worth-percent-off-without-amount-max = Descuenta { $percent }.
clause-worth-money = Los puntos son dinero: lo que cuesta vale { $amount }, y los socios gastan los que quieran.
clause-valid-days = Su vale sirve durante { $valid_days }.
clause-stock = Hay { $stock }.
clause-often = Un socio lo puede tener como máximo { $limit }.
clause-on-from = Se puede conseguir desde el { $from }.
clause-on-until = Se puede conseguir hasta el { $until }.
clause-level-from = Es para el nivel { $level_from } y los superiores.
clause-tiers-by = A un nivel se llega por { $by }.
clause-window-calendar-year = Cuenta el año natural; un nivel dura hasta el final del siguiente.
clause-window-year-from-month = Cuenta el año que empieza en { $number }; un nivel dura hasta el final del siguiente.
clause-window-last-months = Cuentan los últimos { $number }.
clause-window-lifetime = Cuenta todo lo que ha habido.
clause-grace = Un nivel se mantiene { $grace_days } más de lo ganado.
clause-fall = Quien pierde un nivel { $fall }.
clause-level-name = Los socios leen { $name }.
clause-level-begins = Empieza en { $from }.
clause-level-times = Los puntos de las compras cuentan { $times } veces.
clause-perks = Trae: { $perks }
clause-gifts = Da: { $gifts }
clause-membership-name = Los socios leen { $name }.
clause-membership = Cuesta { $price } y dura { $months }.
clause-membership-skus = Quien compra uno de estos artículos pasa a ser socio de pago: { $skus }.
clause-membership-level = Da el nivel { $level }.
clause-reminder = A los socios se les avisa { $reminder_days } antes de que acabe.

## Lo que va en los huecos

program-choice-none = ninguno
program-choice-may-be-negative-true = el resto se debe
program-choice-may-be-negative-false = lo asume la tienda
program-choice-tax-excluded = Los impuestos no cuentan
program-choice-tax-included = Los impuestos cuentan
program-choice-round-down = se pierde
program-choice-round-nearest = cuenta a partir de la mitad
program-choice-round-up = cuenta como uno entero
program-choice-per-article = artículo
program-choice-per-visit = visita
program-choice-leap-day-02-28 = 28 de febrero
program-choice-leap-day-03-01 = 1 de marzo
program-choice-when-first-purchase-true = la primera compra
program-choice-when-first-purchase-false = las compras siguientes
program-choice-when-paid-member-true = socios de pago
program-choice-when-paid-member-false = socios que no pagan
program-choice-by-spend = dinero gastado
program-choice-by-points = puntos ganados
program-choice-by-visits = visitas
program-choice-by-friends = amigos traídos
program-choice-fall-to-earned = baja a lo que ha ganado
program-choice-fall-one-level = baja un nivel
program-choice-fall-never = no baja nunca: se queda
program-choice-unit-point = puntos
program-choice-unit-star = estrellas
program-choice-unit-mile = millas
program-choice-unit-own = otra cosa
program-weekday-monday = lunes
program-weekday-tuesday = martes
program-weekday-wednesday = miércoles
program-weekday-thursday = jueves
program-weekday-friday = viernes
program-weekday-saturday = sábado
program-weekday-sunday = domingo
program-period-day = al día
program-period-week = a la semana
program-period-month = al mes
program-period-quarter = al trimestre
program-period-year = al año
program-period-ever = en total
program-count-minutes =
    { $count ->
        [one] 1 minuto
       *[other] { $count_written } minutos
    }
program-count-days =
    { $count ->
        [one] 1 día
       *[other] { $count_written } días
    }
program-count-months =
    { $count ->
        [one] 1 mes
       *[other] { $count_written } meses
    }
program-count-stamps =
    { $count ->
        [one] 1 sello
       *[other] { $count_written } sellos
    }
program-count-articles =
    { $count ->
        [one] 1 artículo
       *[other] { $count_written } artículos
    }
program-count-friends =
    { $count ->
        [one] 1 amigo
       *[other] { $count_written } amigos
    }
program-count-visits =
    { $count ->
        [one] 1 visita
       *[other] { $count_written } visitas
    }
program-count-times =
    { $count ->
        [one] 1 vez
       *[other] { $count_written } veces
    }
program-count-percent = { $count_written } %
program-count-pieces = { $count_written }
program-noun-minutes = minutos
program-noun-days = días
program-noun-months = meses
program-noun-stamps = sellos
program-noun-articles = artículos
program-noun-friends = amigos
program-noun-visits = visitas
program-noun-times = veces
program-noun-pieces = unidades
program-hole-points = Cuántos
program-hole-money = Importe
program-hole-minutes = Minutos
program-hole-days = Días
program-hole-months = Meses
program-hole-month = Mes
program-hole-stamps = Sellos
program-hole-articles = Artículos
program-hole-friends = Amigos
program-hole-percent = Por ciento
program-hole-pieces = Unidades
program-hole-day = Día
program-hole-hours = Horas, como 14:00-17:00
program-hole-name = Nombre
program-hole-words = Palabras, separadas por comas
program-hole-number = Número
program-hole-choice = Opción

## Lo que está mal

program-wrong-needed = Rellena esto.
program-wrong-whole = Escribe un número entero, como 10.
program-wrong-amount = Escribe un importe con punto, como 4.50.
program-wrong-times = Escribe un número de 1 a 100, como 2 o 1.5.
program-wrong-within = Escribe un número de { $least } a { $most }.
program-wrong-name = Escribe un nombre de 1 a 60 caracteres.
program-wrong-line = Tiene signos que no se ven. Escríbelo otra vez.
program-wrong-reward = Ese premio no está en el programa. Elige otro o añádelo primero.
program-wrong-level = Ese nivel no está en el programa. Elige otro o añádelo primero.
program-wrong-rule = Esa regla no está en el programa. Elige otra.
program-wrong-nothing = Di cuántos, o elige un premio.
program-wrong-zero = Tiene que ser más que nada.
program-wrong-order = Tiene que empezar más arriba que el nivel anterior.
program-wrong-day = Elige un día.
program-wrong-year-day = Escribe mes y día, como 12-31.
program-wrong-hours = Escribe dos horas, como 14:00-17:00.
program-wrong-until = El último día es anterior al primero.
program-wrong-only-one = Solo puede haber una regla de esta clase. Quita una.
program-wrong-limit = Di puntos o veces, no las dos cosas.
program-wrong-limit-times = No da puntos, así que limítala por veces.
program-wrong-membership = El programa no tiene membresía de pago.
program-wrong-forms = Escribe uno y varios, con una coma: grano, granos.
program-wrong-card = Esto no va con lo que es un sello.
program-wrong-taken = Esa palabra ya significa otra cosa.
program-wrong-meanwhile = Otra persona cambió el borrador mientras tanto. No se guardó nada tuyo: míralo otra vez y envíalo de nuevo.
program-wrong-no-program = Un programa es una tabla con un nombre y reglas.
program-wrong-past = El día no puede estar en el pasado.
program-wrong-before-latest = Ya espera una versión posterior. Elige un día después de que entre en vigor.
program-wrong-when = Elige cuándo entra en vigor.
program-wrong-item = Escribe cuántos y cuánto cuesta cada uno.

## Probar una venta

trial-lead = Qué ganaría una venta, y por qué. No se registra nada.
trial-amount = Importe en { $currency }
trial-amount-rule = Vacío: la suma de los artículos.
trial-payment = Pagado con
trial-payment-rule = Con la palabra de tu caja: tarjeta, efectivo …
trial-items = Artículos
trial-category = Categoría o número
trial-quantity = Cuántos
trial-price = Cada uno
trial-at = Cuándo
trial-at-rule = Vacío: ahora.
trial-who = Quién compra
trial-who-new = Un socio nuevo, primera compra
trial-who-regular = Un socio que vuelve
trial-who-member = Un socio de verdad
trial-level = Nivel
trial-phone = Teléfono, o sus últimas cifras
trial-member-is = Encontrado: { $name }
trial-nobody = Ningún socio tiene este número. Escribe al menos las últimas cuatro cifras.
trial-several = Varios socios tienen estas cifras. Escribe más.
trial-go = ¿Qué ganaría?
trial-empty = Rellena una venta y mira qué ganaría.
trial-nothing = No gana nada.
trial-silent = Lo que no contó
trial-friend = Para el amigo que lo trajo
trial-draft-wrong = El borrador no se puede probar todavía: hay algo por corregir.
unmet-basket-from = se pagó demasiado poco
unmet-items-from = muy pocos artículos
unmet-articles = no se compró ninguno de sus artículos
unmet-payments = se pagó de otra manera
unmet-first-purchase = es para primeras compras, o para las siguientes
unmet-weekdays = otro día de la semana
unmet-hours = otra hora del día
unmet-from = no ha empezado
unmet-until = ya ha terminado
unmet-levels = otro nivel
unmet-paid-member = es para socios de pago, o para los demás
unmet-days-around-birthday = no hay un cumpleaños cerca
unmet-answers = otras respuestas
unmet-limit = se llegó al límite
unmet-multiplier = otra da más, o no hay nada que multiplicar
unmet-referral = no lo trajo ningún amigo
unmet-nothing = nada de esta venta cuenta para ella

## Repetición

replay-lead = El borrador se aplica a lo que tus socios compraron de verdad. Ves cuánto habría costado, quién gana y quién pierde. No se cambia nada.
replay-months = Mirar atrás
replay-go = Repetir
replay-worths = Lo que te cuestan los premios
replay-worths-story = Di cuánto te cuesta cada uno, y el resultado se cuenta también en dinero. Los puntos cuentan por el premio que más da por ellos.
replay-reckon = Calcular de nuevo
replay-running = La repetición está en marcha
replay-so-far = { $members } socios revisados, { $sales } ventas repetidas hasta ahora. Esta página se recarga sola.
replay-reload = Recargar
replay-failed = La repetición se paró antes de acabar. Empieza otra vez.
replay-result =
    { $count ->
        [one] El último mes, repetido
       *[other] Los últimos { $count_written } meses, repetidos
    }
replay-began = Repetido el { $moment }.
replay-stale = El borrador ha cambiado desde entonces. Repítelo otra vez.
replay-sample = Hay tantas ventas que se miró a un socio de cada { $one_in }. Las cifras se calculan para todos los socios.
replay-cut = Algunos socios compraron tanto que no se repitió todo.
replay-no-sales = En este tiempo no se vendió nada a socios, así que no hay nada que comparar.
replay-gain = Ganarían
replay-lose = Perderían
replay-same = Igual
replay-sales = Ventas repetidas
replay-of-members =
    { $count ->
        [one] de 1 socio
       *[other] de { $count_written } socios
    }
replay-what = Qué
replay-before = De verdad
replay-after = Con el borrador
replay-difference = Diferencia
replay-points = Dados: { $unit }
replay-thanks = Gracias por amigos: { $unit }
replay-worth = Valor en dinero
replay-gainers = Quién gana más
replay-losers = Quién pierde más
replay-member = Socio
replay-small-print = Solo se repiten ventas: no los regalos de bienvenida, cumpleaños, códigos ni lo que dan los niveles. Las tarjetas y los límites empiezan como los dejaron los tres meses anteriores. Lo devuelto no cuenta.

## Publicar y versiones

publish-differences = Qué cambia
publish-same = El borrador dice lo mismo que lo que está en vigor.
publish-outdated = Otra versión entró en vigor desde que empezó este borrador. Lo que cambió no está en el borrador.
publish-when = ¿Desde cuándo?
publish-now = Desde ahora
publish-now-story = La próxima venta ya cuenta así.
publish-day = Desde un día
publish-story = Los puntos, sellos y vales de los socios siguen siendo suyos. Se guardan todas las versiones, y puedes recuperar esta.
publish-go = Publicar
done-program-published = Publicado. Cuenta desde ahora.
done-program-coming = Publicado. Entra en vigor en su día.
difference-added = nuevo
difference-gone = quitado
difference-changed = cambiado
difference-reordered = otro orden
difference-before = Antes:
difference-after = Después:
difference-untold = Cambió algo que ninguna frase cuenta.
versions-none = Todavía no hay versiones.
version-number = Versión { $count_written }
version-in-force = en vigor
version-coming = próxima
version-from = Desde el { $moment }.
version-by = Publicada por { $by }, { $moment }.
version-made = Publicada el { $moment }.
version-differences =
    { $count ->
        [one] 1 cambio
       *[other] { $count_written } cambios
    }
version-bring-back = Recuperar
version-over-draft = Tirar el borrador actual
done-version-brought-back = La versión antigua es ahora tu borrador. Mira qué cambiaría y publícala.
