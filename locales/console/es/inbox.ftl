# El buzón.

inbox-tab-open = Pendientes
inbox-tab-all = Todos
inbox-empty = Nada por contestar
inbox-empty-story = Aquí llegan los mensajes que ninguna regla entiende, las respuestas a lo que escribiste y las fotos.
inbox-stranger = No es socio
inbox-kind-text = Pregunta
inbox-kind-answer = Respuesta
inbox-kind-photo = Foto
inbox-replied-by = Contestado por { $who }, { $when }
inbox-done-by = Hecho por { $who }, { $when }
inbox-mark-done = Dar por hecho
inbox-open-again = Volver a abrir
reply = Contestar
reply-text = Tu mensaje
reply-how = Sale como mensaje de texto y empieza por «{ $before }».
reply-parts = Sale en # partes
reply-send = Enviar
reply-preview = Vista previa
reply-wrong = Escribe algo, como mucho { $count_written } caracteres.
no-reply-opted-out = Pidió no recibir mensajes de este número, así que no se le puede enviar nada. Solo lo cambia su propio START o una palabra clave.
no-reply-in-doubt = Parecía no querer más mensajes y su último mensaje tiene más de un día. Espera a que vuelva a escribir.
no-reply-no-member = No es socio y su último mensaje tiene más de un día: escribirle ahora no sería una respuesta.
no-reply-quiet = Su último mensaje tiene más de un día y a esta hora no se pueden recibir mensajes allí. Puedes escribirle a partir del { $until }.
done-replied = Enviado. Su respuesta llegará aquí.
done-inbox-done = Hecho.
done-inbox-open = Vuelve a estar pendiente.
