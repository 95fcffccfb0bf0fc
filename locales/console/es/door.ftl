# Entrar y salir.

title-sign-in = Iniciar sesión
title-set-up = Te damos la bienvenida a Regulars
title-me = Tú
sign-in = Iniciar sesión
sign-out = Cerrar sesión
password = Contraseña
password-rule = 12 caracteres o más. Unas cuantas palabras seguidas sirven.
sign-in-wrong = Ese correo y esa contraseña no van juntos.
sign-in-too-often =
    { $count ->
        [one] Demasiados intentos. Espera 1 segundo y vuelve a probar.
       *[other] Demasiados intentos. Espera { $count } segundos y vuelve a probar.
    }
sign-in-nobody = Todavía nadie puede entrar aquí.
sign-in-set-up = Configurar este servidor
set-up-story = Tú llevas este servidor. Date de alta como primer operador y luego invita a los comercios.
set-up-key = Clave del operador
set-up-key-where = Es operator.api_key en los ajustes.
set-up-key-wrong = Esa no es la clave del operador de este servidor.
set-up-no-key = No hay clave de operador. Define operator.api_key y arranca el servidor de nuevo.
set-up-go = Ser el operador
done-language = Ahora tus páginas están en español.
