# Una tienda de un vistazo.

period = Periodo
period-days = { $count ->
    [365] Año
   *[other] { $count } días
}
figure = Dato
day = Día
as-table = Ver como tabla
change-before = frente a los { $count } días anteriores
figure-members = Socios
figure-left-note = { $count ->
    [0] nadie se dio de baja en este tiempo
    [one] { $count_written } se dio de baja en este tiempo
   *[other] { $count_written } se dieron de baja en este tiempo
}
figure-joins = Altas
figure-active = Vinieron en los últimos 30 días
figure-active-note = { $sixty } en 60 días, { $ninety } en 90
figure-repeat = Repiten
figure-repeat-note = { $repeaters } de { $visitors } que vinieron alguna vez
figure-visits = Visitas
figure-spend = Gastado
figure-redeemed = Premios canjeados
figure-redeemed-note = { $issued } emitidos: { $rate }
figure-issued = Emitidos
figure-earned = Ganados
figure-spent = Gastados
figure-points = Puntos en manos de socios
figure-cost-none = todavía no hay en qué gastarlos
figure-cost-money = costarían como mucho { $amount }
figure-cost-rewards = alcanzan para { $number } × { $reward }
figure-texts = Mensajes enviados
figure-texts-note = { $segments } segmentos, { $delivered } entregados
figure-opt-outs = Bajas de mensajes
source-none = Sin origen
source-invitation = Invitación
source-others = Otros
chart-about = { $total } en { $days } días
chart-joins = Altas por origen
chart-visits = Visitas
chart-spend = Gastado
chart-points = Puntos ganados y gastados
chart-rewards = Premios emitidos y canjeados
chart-texts = Mensajes según su resultado
chart-opt-outs = Bajas de mensajes
chart-retention = Quién vuelve
chart-retention-about = De quienes se dieron de alta en un mes, qué porcentaje vino ese mes (0) y cada mes siguiente.
outcome-delivered = Entregados
outcome-sent = Aceptados por el operador
outcome-waiting = En espera
outcome-undelivered = No entregados
outcome-failed = Fallidos
outcome-opted_out = Dados de baja
outcome-withdrawn = Retirados
compared-title = Antes y después: versión { $version } del programa
compared-about = En vigor desde el { $day }. { $days ->
    [one] El día transcurrido y el día anterior.
   *[other] { $days } días a cada lado de esa fecha.
}
compared-before = Antes
compared-after = Después
compared-change = Cambio
compared-visits = Visitas
compared-per-member = Visitas por socio
compared-spend = Gastado
compared-per-visit = Gasto por visita
compared-redeemed = Premios canjeados
compared-rate = Canjeados de los emitidos
compared-joins = Altas
figures-empty-title = Todavía no se ha apuntado nadie
figures-empty = Cuelga el cartel con tu palabra clave y envíala una vez tú mismo. Quien se apunte aparece aquí en segundos.
figures-empty-sign = Imprimir el cartel
figures-empty-program = Ver el programa
