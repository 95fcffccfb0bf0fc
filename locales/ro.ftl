# Ce spune gateway-ul în română. Răspunsurile sunt fără diacritice: nu sunt în GSM-7 și ar rupe mesajul în două.

## Cuvinte pe care le trimit oamenii, despărțite prin virgule

words-balance = sold, soldul, soldul meu, puncte, punctele, punctele mele, pct, punctaj, câte puncte am, cate pct am, ce sold am
words-help = cine e, cine este, cine ești, cine ești tu, cine sunteți, cine-i, cine e acolo, cine e la telefon, meniu, opțiuni, informații, detalii, ce e asta, ce este asta, ce pot face, cum funcționează, cum merge, cum se folosește
words-join = înscriere, înscrie-mă, mă înscriu, vreau să mă înscriu, cum mă înscriu, cum mă pot înscrie, vreau înscriere, vreau să particip, particip, înregistrare, mă înregistrez, abonare, abonează-mă, mă abonez, vreau să mă abonez, vreau să fiu membru, vreau să fiu membră, devin membru
words-leave = părăsesc, părăsesc programul
words-language = limbă, limba mea, schimbă limba, schimbare limbă, altă limbă
words-language-name = română, românește, în română, limba română, romanian, roumain, rumano, 罗马尼亚语, 羅馬尼亞語, 罗马尼亚文
words-keep = continuă, continuați, continuăm, continuare, vreau să continui, păstrează, păstrez, rămân, vreau să rămân, rămâne așa, ca până acum, la fel
words-greeting = bună, bună ziua, bună dimineața, bună seara, neața, salut, salutare, salutări, servus, noroc, hei, alo, slt
words-thanks = mulțumesc, mulțumim, mulțumesc mult, mulțumesc frumos, mersi, mersi mult, merci mult, ok mulțumesc, ok mersi, super, super mersi, grozav, minunat
words-yes = da, dap, daa, da da, da te rog, da vă rog, da mulțumesc, ok, okay, sigur, sigur că da, desigur, bineînțeles, bine, de acord, sunt de acord, da accept, da vreau, cu plăcere, cu drag
words-no = nu, nuu, n, ba nu, nu nu, nu mulțumesc, nu mersi, nu merci, mulțumesc nu, nu vreau, nu accept, nu sunt de acord, niciunul, niciuna, nici unul, nici una
words-not-interested = nu mă interesează, nu sunt interesat, nu sunt interesată, neinteresat
words-skip = sari, sar, sari peste, sar peste, treci, treci peste, trec, trec peste, pas, omite, ignoră, următoarea, următorul, următoarea întrebare, mai târziu, altă dată, nu acum, nu spun, nu zic, nu vreau să spun, nu vreau să zic, nu vreau să răspund, prefer să nu spun, prefer să nu răspund, fără răspuns, fără comentarii, privat, e privat, e personal, nu e treaba voastră, nu știu, habar n-am

## Părți

points =
    { $points ->
        [one] { $points } punct
        [few] { $points } puncte
       *[other] { $points } de puncte
    }
shops-joined = { $shops }, { $shop }
shop-with-contact = { $shop } ({ $contact })
shops-and-more = { $shops } { $more }
and-more =
    { $count ->
        [one] si inca un magazin
        [few] si inca { $count } magazine
       *[other] si inca { $count } de magazine
    }

## Înscriere

join-confirmed = { $shop }: bine ai venit! Ai { points }. Mesaje recurente, max { $per_month }/luna. Se pot aplica tarife standard SMS/date. SOLD: puncte, AJUTOR: info, STOP: oprire.
join-question = { $shop }: raspunde DA ca sa te inscrii si sa primesti mesaje recurente, max { $per_month }/luna. Se pot aplica tarife standard SMS/date. AJUTOR: info, STOP: oprire.
join-reminder = Raspunde DA ca sa te inscrii in programul { $shop } sau NU daca nu vrei.
join-already = { $shop }: ne bucuram sa te revedem! Ai { points }.
join-declined = Nicio problema, nu te inscriem in programul { $shop }. Daca te razgandesti, trimite { $phrase }.
join-declined-short = Nicio problema, nu te inscriem in programul { $shop }.

join-already-named = { $shop }: ne bucuram sa te revedem, { $name }! Ai { points }.
join-offer = Vrei sa te inscrii in programul { $shop }? Raspunde DA sau trimite { $phrase }.
join-which = Cu drag, uite cum te inscrii.
did-you-mean = Ai vrut sa scrii { $phrase }? Raspunde DA ca sa te inscrii in programul { $shop }.
did-you-mean-several = Ce ai vrut sa scrii? Raspunde cu un numar din lista.
did-you-mean-no = Nicio problema. Ca sa te inscrii, trimite cuvintele de pe afis.
keyword-past = { $past } s-a incheiat. Vrei sa te inscrii acum in programul { $shop }? Raspunde DA sau trimite { $phrase }.
keyword-past-member = { $past } s-a incheiat, dar esti deja in programul { $shop }. Ai { points }.
keyword-past-none = { $past } s-a incheiat. Intreaba la { $shop } cum te poti inscrie.

## Întrebări la înscriere

sign-up-first-name = Cum te cheama? Ajunge prenumele. Sau raspunde SARI.
sign-up-first-name-again = Scuze, doar prenumele, te rugam, de exemplu Ana. Sau raspunde SARI.
sign-up-birthday = Cand e ziua ta de nastere? Doar ziua si luna, de exemplu { $example }. Sau raspunde SARI.
sign-up-birthday-again = Scuze, nu am inteles data. Scrie-o asa: { $example }. Sau raspunde SARI.
sign-up-own = { $prompt } Sau raspunde SARI.
sign-up-yes-no = { $prompt } Raspunde DA, NU sau SARI.
sign-up-choice = { $prompt } Raspunde cu un numar sau SARI.
sign-up-own-again = Scuze, ajung cateva cuvinte, de exemplu "{ $example }". Sau raspunde SARI.
sign-up-yes-no-again = Scuze, raspunde DA sau NU, ori SARI.
sign-up-choice-again = Scuze, raspunde cu unul dintre numere, de exemplu 1, sau SARI.
sign-up-own-example = nu stiu inca
sign-up-thanks = Multumim!
sign-up-thanks-named = Multumim, { $name }!
sign-up-passed = Nicio problema.
sign-up-once-more = Revenim la intrebarea noastra:
sign-up-done = Asta a fost tot. Trimite SOLD oricand vrei sa-ti vezi punctele.

## Sold

balance-one = { $shop }: ai { points }.
balance-line = { $shop }: { points }
not-a-member = Inca nu faci parte din program.
not-a-member-here = Inca nu faci parte din program. Intreaba-ne cum te inscrii cand treci pe la noi.
offer = Trimite { $phrase } ca sa te inscrii in programul { $shop }.

choice = { $number } { $name }
choice-phrase = { $number } { $phrase } ({ $shop })

## Ieșirea dintr-un magazin

left = Ai iesit din programul { $shop } si nu mai primesti mesaje de acolo. Ca sa revii, trimite { $phrase }.
left-short = Ai iesit din programul { $shop } si nu mai primesti mesaje de acolo.
leave-question = Vrei sa iesi din programul { $shop }? Raspunde DA. Ca sa iesi din altul, trimite PARASESC si numele lui.
leave-which = Din ce program vrei sa iesi? Raspunde cu un numar din lista.
leave-kept = In regula, totul ramane la fel.

## Limbă

language-name = Romana
language-which = Ce limba preferi? Raspunde cu un numar din lista.
language-set = De acum inainte iti scriem in romana.
language-offer = Preferi romana? Raspunde ROMANA.

## Ajutor, oprire, revenire

help-one = { $shop }: trimite SOLD ca sa-ti vezi punctele. Intrebari? { $contact }. Mesaje: max { $per_month }/luna. Se pot aplica tarife standard SMS/date. STOP: oprire.
help-counter = { $shop }: trimite SOLD ca sa-ti vezi punctele. Intrebari? Treci pe la noi. Mesaje: max { $per_month }/luna. Se pot aplica tarife standard SMS/date. STOP: oprire.
help-several = { $shops }: trimite SOLD ca sa-ti vezi punctele. Mesaje: max { $per_month }/luna. Se pot aplica tarife standard SMS/date. STOP: oprire.
stop-confirmed = { $shops }: te-ai dezabonat si nu vei mai primi mesaje. Ca sa revii, raspunde START.
stop-confirmed-plain = Te-ai dezabonat si nu vei mai primi mesaje. Ca sa revii, raspunde START.
stop-question = Vrei sa oprim mesajele? Raspunde STOP si le oprim. Raspunde CONTINUA si totul ramane la fel. Daca nu raspunzi, nu-ti vom trimite oferte.
stop-kept = Multumim, totul ramane la fel. Ca sa oprim mesajele, raspunde oricand STOP.
start-confirmed = { $shops }: primesti din nou mesaje, max { $per_month }/luna. Se pot aplica tarife standard SMS/date. SOLD: puncte, AJUTOR: info, STOP: oprire.
start-plain = Primesti din nou mesaje.
start-already = { $shops }: mesajele sunt active, max { $per_month }/luna. Se pot aplica tarife standard SMS/date. SOLD: puncte, AJUTOR: info, STOP: oprire.
start-already-plain = Mesajele sunt active.

## Restul

hint-sorry = Scuze, nu am inteles.
hint-hello = Buna!
hint-commands = Trimite SOLD pentru puncte sau AJUTOR.
