# Ce scrie pe afișele tipărite, în română.
sign-before = Trimite
sign-after = la { $number }
sign-scan = sau îndreaptă camera spre cod
sign-card = Strânge { $stamps } ștampile: { $reward }.
sign-reward = { $reward } pentru { $points }.
sign-welcome = Înscrie-te și începi cu { $points }.
sign-small = Trimițând { $phrase } ești de acord să primești de la { $shop } mesaje automate periodice despre recompense la numărul de pe care scrii, cel mult { $count } pe lună. Acordul nu este o condiție de cumpărare. Se pot aplica costuri pentru mesaje și date. Răspunde AJUTOR pentru ajutor, STOP pentru dezabonare.
sign-contact = Întrebări: { $contact }
sign-terms = Termeni și confidențialitate: { $terms }
