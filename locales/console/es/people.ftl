# Equipo, invitaciones, la página propia, códigos de un solo uso, los comercios del operador, el libro de cambios.

title-people = Equipo
title-code = Un paso más
title-codes = Códigos de un solo uso
title-recovery = Guarda estos códigos
title-invited = Entra
title-new-password = Contraseña nueva
title-link = La invitación está lista
title-link-password = El enlace está listo
title-link-over = Este enlace ya no sirve

## La lista

people-none = Aquí todavía no entra nadie
people-none-do = Invita al propietario: él prepara lo demás.
it-is-you = Tú
only-pin = Sin correo: entra con un PIN en la caja
has-codes = Códigos
never-seen = Todavía no ha entrado
seen-at = Última vez: { $when }
last-seen = Última vez aquí
here-since = Aquí desde
invited-title = Invitaciones
link-open = Invitación
link-open-password = Contraseña nueva
link-ended = Caducada
invited-by-until = De { $by }, vale hasta { $until }
withdraw = Anular
done-withdrawn = El enlace está anulado. Ya no abre nada.
done-person-removed = Hecho. Todas sus sesiones se cerraron.
done-appointed = Guardado. Vale desde ahora mismo.
done-codes-dropped = Sus códigos de un solo uso están desactivados. Puede volver a activarlos en su página.

## Invitar

invite-title = Invita a alguien
invite-story = Recibes un enlace para entregarlo. Vale 7 días y una sola vez.
invite-go = Crear el enlace
at-shop = Tienda
all-shops = Todas las tiendas
may-owner = Todo, también el equipo y los dispositivos.
may-manager = Socios, palabras clave, programa, textos y ajustes.
may-staff = La caja, los socios y el buzón.
may-viewer = Lo ve todo menos los teléfonos completos y no cambia nada.
may-operator = Todos los comercios y el propio servidor.
link-story = Entrega este enlace a { $name }. Quien lo abra primero entra como { $name }, así que no se lo mandes a nadie más.
link-story-password = Entrega este enlace a { $name }. Quien lo abra elige la contraseña nueva, así que no se lo mandes a nadie más.
the-link = Enlace
copy = Copiar
copied = Copiado
mail-it = Enviar por correo
text-it = Enviar por SMS
link-once = El enlace se muestra solo esta vez. Si se pierde, crea otro.
link-ends = Vale hasta { $until } UTC, una sola vez.
link-subject = Tu entrada a Regulars
link-text = Hola, { $name }: con este enlace entras en nuestro programa de fidelidad. Vale 7 días: { $link }
link-text-password = Hola, { $name }: elige aquí tu contraseña nueva. El enlace vale 7 días: { $link }
done = Listo
hint-name = Un nombre tiene de 1 a 60 caracteres en una línea.
hint-merchant = El nombre de un comercio tiene de 1 a 80 caracteres en una línea.
hint-email = Eso no es un correo electrónico. Uno se parece a ana@tienda.com.
hint-email-taken = Alguien ya entra con este correo. Usa otro.
hint-email-none = No tiene correo y entra con un PIN. Dale un PIN nuevo.
hint-password = Una contraseña tiene de 12 a 128 caracteres. Unas cuantas palabras seguidas sirven.
hint-shop-of-owner = Un propietario lo es de todas las tiendas. Elige «Todas las tiendas» u otra función.
hint-choice = Elige una de estas opciones.
last-owner = Es el último propietario. Antes nombra a otro.
people-full = Ya no cabe más gente. Antes quita a alguien.
links-full = Ya no caben más enlaces abiertos. Antes retira uno.
hint-other = Así no se puede guardar. Revísalo.
hint-currency-shared = Las tiendas que comparten este programa tienen una sola moneda. Antes dale a esta un programa propio.
last-operator = Es el último operador. Antes invita a otro.

## Entrar con un enlace

invited-story = { $by } te invita a { $whose }. Tu función: { $role }.
invited-operator = { $by } te invita a llevar este servidor.
invited-go = Entrar
your-name = Tu nombre
email-to-sign-in = Con él inicias sesión.
choose-password = Elige una contraseña
new-password-story = Elige una contraseña nueva para { $email }. Se cerrarán todas tus sesiones.
new-password-go = Guardar y entrar
link-over-story = Ya se usó, caducó o lo anularon. Pide otro a quien te lo mandó.

## Una persona

post-title = Qué puede hacer
cannot-come-in = Si no puede entrar
cannot-come-in-story = Una contraseña nueva con un enlace. Si perdió el teléfono que crea sus códigos de un solo uso, desactívalos.
new-password-link = Enlace para contraseña nueva
drop-codes = Desactivar sus códigos
remove-person = Quitar a { $name }
remove-person-story = Sus sesiones se cierran al momento, aquí y en la caja. Lo que hizo queda en los libros con su nombre. Puedes volver a invitarle.
remove-person-go = Quitar a { $name } ahora

## La página propia

name-where = Aparece en los libros junto a lo que haces.
save-name = Guardar nombre
save-language = Guardar idioma
done-name = Tu nombre está guardado.
password-title = Contraseña
present-password = Tu contraseña actual
new-password = Contraseña nueva
password-ends-others = Aquí sigues dentro; en los demás sitios se cierra tu sesión.
change-password = Cambiar contraseña
done-password = Tu contraseña está cambiada. En los demás sitios se cerró tu sesión.
hint-present-wrong = Esa no es tu contraseña actual.
hint-proof-wrong = Esa no es tu contraseña.
own-pin = Tu PIN
own-pin-story = Te abre la caja en los dispositivos aprobados. Al cambiarlo termina tu turno en las demás cajas.
own-pin-none = Todavía no tienes PIN. Te lo da quien lleva la tienda.
own-pin-change = Cambiar el PIN
present-pin = El PIN que tienes
new-pin = El PIN que quieres
pin-again = El mismo otra vez
done-own-pin = Tu PIN ha cambiado. Vale desde ahora.
hint-present-pin-wrong = Ese no es tu PIN.
hint-pin = Elige de 4 a 6 cifras que no sean todas iguales, ni seguidas, ni el mismo par repetido.
hint-again = No es el mismo PIN. Escribe el nuevo dos veces.
codes = Códigos de un solo uso
codes-are-on = Activados
codes-are-off = Desactivados
codes-story = Además de tu contraseña, un código de una aplicación de tu teléfono. Quien descubra tu contraseña seguirá sin poder entrar.
codes-turn-on = Activar
codes-turn-off = Desactivar
codes-no-key = Antes, el operador debe definir secrets.key.
codes-scan = Escanéalo con una aplicación de códigos: la de contraseñas de tu teléfono, Google Authenticator, 1Password u otra.
codes-picture = Código QR con el secreto de tus códigos de un solo uso
codes-type = ¿No se puede escanear? Escríbelo
codes-open-app = Abrirlo en una aplicación de este dispositivo
codes-first = El código que muestra ahora la aplicación
codes-now-on = Los códigos de un solo uso están activados.
hint-code-wrong = Ese no es el código. Mira otra vez: cambia cada 30 segundos y el reloj del teléfono debe ir bien.
recovery-story = Si pierdes el teléfono, cada uno de estos te deja entrar una vez. Guárdalos con tus papeles importantes. Se muestran solo esta vez.
recovery-codes = Códigos de recuperación
recovery-kept = Ya los guardé
recovery-new = Códigos de recuperación nuevos
recovery-left =
    { $count ->
        [0] No te queda ningún código de recuperación.
        [one] Te queda 1 código de recuperación.
       *[other] Te quedan { $count_written } códigos de recuperación.
    }
done-codes-off = Los códigos de un solo uso están desactivados.
sessions-title = Dónde has iniciado sesión
session-this = Esta
session-till = En la caja
session-times = Desde { $since }, último uso { $seen }
session-end = Cerrar sesión
sessions-end-others = Cerrar las demás sesiones
done-sessions = Esa sesión está cerrada.
browser-on = { $browser } en { $system }
browser-unknown = Un navegador que no conocemos

## El código en la puerta

code = Código
code-story = Escribe el código que muestra ahora tu aplicación.
code-or-recovery = O uno de tus códigos de recuperación.
code-wrong = Ese código no es correcto o ya se usó. Espera al siguiente.
code-other = Entrar como otra persona

## Comercios

search = Buscar
show = Mostrar
merchant-search = Nombre de un comercio
merchants-none = Todavía no hay ningún comercio
merchants-none-do = Da de alta el primero: recibes un enlace para su propietario.
merchants-none-found = Ningún comercio se llama algo como «{ $search }».
merchants-all = Mostrar todos
merchant-shops =
    { $count ->
        [0] Todavía sin tiendas
        [one] 1 tienda
       *[other] { $count_written } tiendas
    }
merchant-since = desde { $since }
merchant-new = Dar de alta un comercio
merchant-new-story = Su propietario recibe un enlace, elige una contraseña y abre las tiendas.
merchant-name = Nombre del comercio
owner-name = Nombre del propietario
owner-email = Correo del propietario
merchant-new-go = Dar de alta e invitar

## El libro de cambios

audit-story = Quién cambió qué y cuándo. Nada de esto se puede cambiar ni borrar. Las ventas y los canjes están en los movimientos de cada socio.
audit-none = Todavía no se ha cambiado nada.
audit-fields =
    { $count ->
        [one] 1 campo
       *[other] { $count_written } campos
    }
before = antes:
after = ahora:
actor-operator = Clave del operador
actor-command-line = Línea de comandos
deed-created = añadió
deed-changed = cambió
deed-removed = quitó
deed-rotated = dio un secreto nuevo a
deed-revoked = revocó
deed-resumed = reanudó
deed-given-again = actualizó
deed-invited = invitó a
deed-link = creó un enlace de contraseña para
deed-withdrawn = anuló el enlace de
deed-accepted = entró:
deed-password = contraseña nueva:
deed-codes-on = códigos activados:
deed-codes-off = códigos desactivados:
deed-recovery-codes = códigos de recuperación nuevos:
deed-recovery-used = código de recuperación usado:
deed-merged = unió
deed-unmerged = deshizo la unión de
subject-merchant = comercio
subject-shop = tienda
subject-keyword = palabra clave
subject-sender = número
subject-account = cuenta
subject-key = clave
subject-program = programa de
subject-webhook = webhook
subject-till = caja
subject-staff-phone = teléfono de personal de
subject-person = persona
subject-import = importación
subject-member = socio
subject-device = dispositivo
subject-words = texto
field-name = Nombre
field-email = Correo electrónico
field-role = Función
field-shop = Tienda
field-phrase = Frase
field-sender = Número
field-source = Origen
field-language = Idioma
field-starts-at = Se entiende desde
field-ends-at = Se entiende hasta
field-time-zone = Zona horaria
field-currency = Moneda
field-opt-in = Cómo se entra
field-welcome-points = Puntos de bienvenida
field-contact = Contacto
field-terms = Condiciones y privacidad
field-messages-per-month = Mensajes al mes
field-date-order = Orden de las fechas
field-program = Programa
field-version = Versión
field-valid-from = En vigor desde
field-url = Dirección
field-kinds = Tipos de eventos
field-description = Descripción
field-state = Estado
field-kind = Tipo
field-opens-api = Puede preguntar a la caja
field-phone = Teléfono
field-merchant = Comercio
field-account = Cuenta
field-service-sid = Servicio de mensajes
field-messages-per-second = Mensajes por segundo
field-ends-in = Termina en
field-text = Texto
audit-about = Sobre
audit-all = Todos los cambios
subject-name-shop = Tiendas
subject-name-keyword = Palabras clave
subject-name-words = Textos
subject-name-draft = Borradores de programas
subject-name-program = Programas
subject-name-codes = Códigos
subject-name-inbox = Bandeja de entrada
subject-name-import = Importaciones
subject-name-member = Socios
subject-name-export = Copias
subject-name-person = Personas
subject-name-pin = PIN
subject-name-device = Dispositivos
subject-name-key = Claves
subject-name-webhook = Webhooks
subject-name-till = Cajas que informan
subject-name-staff-phone = Teléfonos del personal
subject-name-sender = Números
subject-name-account = Cuentas
subject-name-merchant = Comercios
subject-name-session = Quién entró y salió
deed-set = puso
deed-approved = aprobó
deed-opened = un código abrió
deed-answered = contestó
deed-exported = se llevó una copia de
deed-erased = borró
deed-signed-in = entró:
deed-signed-out = cerró una sesión de
deed-signed-out-elsewhere = cerró todas las demás sesiones:
subject-draft = borrador del programa de
subject-codes = códigos
subject-inbox = texto de
subject-export = socios de
subject-pin = PIN de
subject-session = sesión
field-browser = Navegador
field-device = Dispositivo
field-done = Resuelto
field-answered = Contestado
field-set = Hay uno
field-rule = Regla
field-count = Cuántos
field-what = Qué
field-format = Formato
