# Las palabras clave, sus códigos y sus carteles.

keywords-story = Lo que la gente envía para unirse. Pon cada una en un cartel y mira qué cartel trae a quién.
keywords-none = Aún no hay palabra clave
keywords-none-story = Elige lo que la gente enviará para unirse. Funciona al momento.
keywords-joins-note = Las altas se cuentan según dónde cuelga el cartel: dale a cada uno su lugar para distinguirlos.
keywords-newest = Más recientes
keyword-add = Añadir palabra clave
keyword-change = Cambiar
keyword-phrase = Palabra clave
keyword-phrase-note = Una o dos palabras cortas se recuerdan mejor. Mayúsculas, acentos y signos no importan.
keyword-example = QUIERO CAFE
keyword-source = Dónde cuelga
keyword-source-note = La puerta, una mesa, una campaña: las altas se cuentan por lugar.
keyword-starts = Primer día
keyword-starts-note = Vacío: desde ahora.
keyword-ends = Último día
keyword-ends-note = Vacío: hasta que la quites.
keyword-language = Idioma del cartel
keyword-language-shop = El de la tienda
keyword-language-note = A quien la envíe se le responde en este idioma.
keyword-state = Estado
keyword-joins = Altas
keyword-last = Última alta
keyword-sign = Cartel
keyword-live = Activa
keyword-live-until = Activa hasta el { $day }
keyword-coming = Desde el { $day }
keyword-ended = Terminó el { $day }
keyword-free = Está libre.
keyword-free-but = Está libre, pero piénsalo bien:
keyword-rather = Estas están libres:
keyword-take-down = Quitarla
keyword-end-story = Si termina, deja de entenderse. A quien aún la envíe se le dice qué enviar en su lugar.
keyword-end = Terminarla ahora
keyword-delete-story = Si la borras, desaparece y otra tienda puede tomarla. Quien se unió con ella sigue siendo socio.
keyword-delete = Borrarla
keyword-delete-ask = ¿Borrar esta palabra clave?
title-keyword-new = Añadir palabra clave
done-keyword-added = Tu palabra clave está activa.
done-keyword-changed = La palabra clave ha cambiado.
done-keyword-ended = La palabra clave ha terminado.
done-keyword-deleted = La palabra clave está borrada.
source-door = Puerta
source-table = Mesa
source-receipt = Recibo
source-window = Escaparate
source-instagram = Instagram

objection-empty = Escribe al menos una letra, una cifra o un emoji.
objection-words =
    { $count ->
        [one] Una palabra es demasiado: cinco como máximo.
       *[other] { $count_written } palabras son demasiadas: cinco como máximo.
    }
objection-too-long = Sesenta caracteres como máximo: acórtala.
objection-control = Tiene que ser una línea sin caracteres ocultos: escríbela de nuevo.
objection-word = «{ $word }» ya significa algo en todos los teléfonos. Añádele una palabra.
objection-taken = «{ $other }» ya está ocupada en este número. Elige otra, u otros días.
objection-near = «{ $other }» ya está ocupada en este número y queda a un desliz del dedo. Tus socios acabarían allí.
objection-reserved = Se parece demasiado a una palabra que ya significa algo, como STOP, AYUDA o SALDO.
objection-mixed-script = Mezcla letras de dos alfabetos, y ningún teclado las escribe.
objection-opt-out = La gente envía esto cuando no quiere más mensajes.
objection-courtesy = La gente envía esto por cortesía. Añádele una palabra.
objection-number = Es solo un número, y los números eligen en listas. Añádele una palabra.
objection-too-short = Una sola letra se envía hasta desde el bolsillo. Usa una palabra.
objection-like-reserved = Está a una letra de una palabra que ya significa algo, como STOP o AYUDA.
objection-looks-alike = Algunas letras solo parecen latinas: quien lea el cartel puede escribir otras.
objection-contains-opt-out = Una de sus palabras, sola, da de baja: quien olvide el resto no recibirá más mensajes.
objection-autocorrected = El teléfono puede corregirla por otra al escribir. Pruébala en el tuyo.
objection-long = Es larga para escribirla en el mostrador.

## Códigos y carteles

code-title = Código QR
code-alt = Código QR que abre un mensaje al { $number } con { $phrase }
qr-story = Abre un mensaje al { $number } con { $phrase }, listo para enviar, en iPhone y Android.
code-open = Abrirlo en este teléfono
sign-print = Imprimir un cartel
sign-letters = Un PDF solo tiene las letras de Europa occidental. Imprime este desde la página: tu navegador tiene todas las letras.
sign-kind = Para qué
sign-kind-door = Puerta
sign-kind-story-door = Una hoja entera
sign-kind-tent = Mesa
sign-kind-story-tent = Dóblalo por la mitad y se sostiene
sign-kind-strip = Recibo
sign-kind-story-strip = Una tira de 80 mm
sign-paper = Papel
sign-paper-a4 = A4
sign-paper-letter = Carta
sign-line = Qué se consigue
sign-line-note = Una frase, en el idioma de tus socios.
sign-terms = Dirección de tus términos y política de privacidad
sign-terms-note = En Estados Unidos, las operadoras la piden en los carteles.
sign-pdf = Descargar el PDF
sign-page = Imprimir la página
sign-preview = Así queda
sign-preview-again = Vista previa
title-sign = Cartel
sign-print-now = Imprimir
sign-page-story = Imprímelo sin márgenes, al 100 %.
hint-line = { $count_written } caracteres como máximo, sin caracteres ocultos.
hint-day = Eso no es un día. Elige uno, como 2026-12-31.
hint-ends-before = El último día es anterior al primero.
