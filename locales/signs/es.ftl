# Lo que dicen los carteles impresos, en español.
sign-before = Envía
sign-after = al { $number }
sign-scan = o apunta aquí con la cámara
sign-card = Junta { $stamps } sellos: { $reward }.
sign-reward = { $reward } por { $points }.
sign-welcome = Únete y empieza con { $points }.
sign-small = Al enviar { $phrase } aceptas recibir mensajes automáticos recurrentes de { $shop } sobre recompensas en el número desde el que escribes, hasta { $count } al mes. Tu consentimiento no es condición de compra. Pueden aplicarse tarifas de mensajes y datos. Responde AYUDA para obtener ayuda o STOP para darte de baja.
sign-contact = Preguntas: { $contact }
sign-terms = Términos y privacidad: { $terms }
