# Ce spune gateway-ul în română. Răspunsurile sunt fără diacritice: nu sunt în GSM-7 și ar rupe mesajul în două.

## Cuvinte pe care le trimit oamenii, despărțite prin virgule

words-balance = sold, soldul, soldul meu, puncte, punctele, punctele mele, pct, punctaj, câte puncte am, cate pct am, ce sold am, câte puncte mai am, ce puncte am, câte puncte am strâns, câte puncte am adunat, vreau să văd punctele, vreau să știu câte puncte am, ce sold mai am, verifică sold, verificare sold, sold puncte, contul meu, punctajul meu
words-rewards = recompense, recompensele mele, premii, premiile mele, ce recompense sunt, ce recompense am, ce pot lua, ce pot primi, catalogul de recompense
words-redeem = folosesc, folosesc punctele, folosește punctele, folosește puncte, vreau să folosesc punctele, vreau recompensa, cum folosesc punctele, schimb puncte, schimb punctele, revendic, revendic recompensa, valorific, vouchere, voucherul meu, voucherele mele, codurile mele
words-card = card, cardul meu, card de fidelitate, ștampile, ștampilele mele, câte ștampile am, câte ștampile
words-tier = nivel, nivelul meu, statut, statutul meu, ce nivel am, la ce nivel sunt, care e nivelul meu, abonamentul meu
words-refer = invit, invit un prieten, invită un prieten, invită prieteni, recomand, recomand un prieten, recomandă un prieten, recomandare, aduc un prieten, codul meu, linkul meu
words-code = cod, coduri, am un cod, introdu cod, introdu codul, check in
words-history = istoric, istoricul meu, istoric puncte, tranzacții, tranzacțiile mele, mișcări, ultimele puncte, ultimele mișcări
words-profile = profil, profilul meu, datele mele, schimbă numele, schimb numele, schimb ziua de naștere, modific profilul, actualizez datele
words-help = cine e, cine este, cine ești, cine ești tu, cine sunteți, cine-i, cine e acolo, cine e la telefon, meniu, opțiuni, informații, detalii, ce e asta, ce este asta, ce pot face, cum funcționează, cum merge, cum se folosește, ajută-mă, ajutați-mă, am nevoie de ajutor, cu cine vorbesc, cine scrie, cine îmi scrie, cine mă contactează, cine mă caută, comenzi, de unde aveți numărul meu, de unde ai numărul meu, de ce îmi scrieți, ajutorr
words-join = înscriere, înscrie-mă, mă înscriu, vreau să mă înscriu, cum mă înscriu, cum mă pot înscrie, vreau înscriere, vreau să particip, particip, înregistrare, mă înregistrez, abonare, abonează-mă, mă abonez, vreau să mă abonez, vreau să fiu membru, vreau să fiu membră, devin membru
words-join-yes = mă înscriu, înscrie-mă, înscrieți-mă, vreau să mă înscriu, doresc să mă înscriu, aș vrea să mă înscriu, de ce nu, sigur de ce nu, hai că da, normal că da, normal, firește
words-leave = părăsesc, părăsesc programul, ieșire, ieșire din, ies din, ies din program, vreau să părăsesc programul
words-language = limbă, limba mea, schimbă limba, schimbare limbă, altă limbă
words-language-name = română, românește, în română, limba română, romanian, roumain, rumano, 罗马尼亚语, 羅馬尼亞語, 罗马尼亚文, pe românește, vreau în română, scrie în română, scrieți în română, în limba română, vorbiți română
words-keep = continuă, continuați, continuăm, continuare, vreau să continui, păstrează, păstrez, rămân, vreau să rămân, rămâne așa, ca până acum, la fel, da continuă, da continuați, nu continuați, continuă te rog, continuați vă rog, nu opri, nu opriți, nu le opri, nu le opriți, nu vreau să opriți, rămân abonat, rămân abonată, în continuare, vreau în continuare, trimiteți în continuare, lasă așa, lăsați așa, e bine așa, ca înainte
words-greeting = bună, bună ziua, bună dimineața, bună seara, neața, salut, salutare, salutări, servus, noroc, hei, alo, slt, ceau, bună dimi, bună bună, hei bună, bună ziua tuturor, ziua bună, sărut mâna, sărumâna, bna, salve
words-thanks = mulțumesc, mulțumim, mulțumesc mult, mulțumesc frumos, mersi, mersi mult, merci mult, ok mulțumesc, ok mersi, super, super mersi, grozav, minunat, frumos, înțeles, am înțeles, ok am înțeles, și eu vă mulțumesc, pa, la revedere, ciao, ok, okay, bine, perfect, excelent, foarte bine, în regulă, tare, ce tare, vă mulțumesc, îți mulțumesc, mulțumim frumos, mulțumesc mult de tot, super mulțumesc, mersi frumos, mersi fain, ms, mulțam, mulțumesc la fel, cu plăcere, cu drag, o zi bună, o zi frumoasă, numai bine, noapte bună, pa pa, hahaha
words-yes = da, dap, daa, da da, da te rog, da vă rog, da mulțumesc, ok, okay, sigur, sigur că da, desigur, bineînțeles, bine, de acord, sunt de acord, da accept, da vreau, cu plăcere, cu drag, accept, vreau, doresc, da doresc, confirm, da confirm, da ok, ok da, ok sigur, sigur da, hai da, bine da, daaa, da da da, în regulă, e ok, evident, vreau și eu, mi-ar plăcea, cu mare plăcere, cu mare drag, cum să nu, clar
words-no = nu, nuu, n, ba nu, nu nu, nu mulțumesc, nu mersi, nu merci, mulțumesc nu, nu vreau, niciunul, niciuna, nici unul, nici una, mersi nu, nu mulțumesc frumos, nu mulțumesc mult, nu acum, nu încă, încă nu, nu mă înscriu, nu e nevoie, nu e cazul, nu lasă, nicidecum, deloc, nop, niciodată, nici gând, nici vorbă, în niciun caz
words-not-interested = nu mă interesează, nu sunt interesat, nu sunt interesată, neinteresat, nu accept, nu sunt de acord, nu suntem interesați, nu-s interesat, nu-s interesată, nu prezintă interes, nu am nevoie, nu mai am nevoie, nu doresc, nu nu doresc, nu vreau să mă înscriu
words-skip = sari, sar, sari peste, sar peste, treci, treci peste, trec, trec peste, pas, omite, ignoră, următoarea, următorul, următoarea întrebare, mai târziu, altă dată, nu acum, nu spun, nu zic, nu vreau să spun, nu vreau să zic, nu vreau să răspund, prefer să nu spun, prefer să nu răspund, fără răspuns, fără comentarii, privat, e privat, e personal, nu e treaba voastră, nu știu, habar n-am
words-refusal = nu vreau, nu doresc, nu mă interesează, nu vreau să dau
words-all = toate, amândouă, ambele, din toate
words-staff-punch = ștampilă, ștampila, vizită, vizita, bifează
words-staff-spend = cheltuit, cumpărătură, vânzare, plată, achitat
words-staff-redeem = folosesc, folosește, răscumpără, voucher
words-staff-undo = anulează, înapoi
words-staff-invite = invită, invit

## Părți

points =
    { $points ->
        [one] { $points } { $unit_one }
        [few] { $points } { $unit_few }
       *[other] { $points } { $unit_other }
    }
stamps = { $stamps } din { $size } stampile
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

join-confirmed = { $shop }: bine ai venit! Ai { $held }. Mesaje periodice, max { $per_month }/luna. Se pot aplica costuri SMS/date. SOLD: puncte, AJUTOR: info, STOP: dezabonare.
join-question = { $shop }: raspunde DA ca sa te inscrii si sa primesti mesaje periodice, max { $per_month }/luna. Se pot aplica costuri SMS/date. AJUTOR: info, STOP: dezabonare.
join-reminder = Raspunde DA ca sa te inscrii in programul { $shop } sau NU daca nu vrei.
join-already = { $shop }: ne bucuram sa te revedem! Ai { $held }.
join-declined = Nicio problema, nu te inscriem in programul { $shop }. Daca te razgandesti, trimite { $phrase }.
join-declined-short = Nicio problema, nu te inscriem in programul { $shop }.

join-already-named = { $shop }: ne bucuram sa te revedem, { $name }! Ai { $held }.
join-offer = Vrei sa te inscrii in programul { $shop }? Raspunde DA sau trimite { $phrase }.
join-which = Cu drag! Iata cum te inscrii.
did-you-mean = Ai vrut sa scrii { $phrase }? Raspunde DA ca sa te inscrii in programul { $shop }.
did-you-mean-several = Ce ai vrut sa scrii? Raspunde cu un numar din lista.
did-you-mean-no = Nicio problema. Ca sa te inscrii, trimite cuvintele de pe afis.
keyword-past = Campania { $past } s-a incheiat. Vrei sa te inscrii acum in programul { $shop }? Raspunde DA sau trimite { $phrase }.
keyword-past-member = Campania { $past } s-a incheiat, dar esti deja in programul { $shop }. Ai { $held }.
keyword-past-none = Campania { $past } s-a incheiat. Intreaba la { $shop } cum te poti inscrie.

## Întrebări la înscriere

sign-up-first-name = Cum te cheama? Doar prenumele. Ca sa treci peste, raspunde SARI.
sign-up-first-name-again = Scuze, doar prenumele, te rugam, de exemplu Ana. Sau raspunde SARI.
sign-up-birthday = Pe ce data e ziua ta? Doar ziua si luna, de exemplu { $example }. Ca sa treci peste, raspunde SARI.
sign-up-birthday-again = Scuze, nu am inteles data. Scrie-o asa: { $example }. Sau raspunde SARI.
sign-up-own = { $prompt } Ca sa treci peste, raspunde SARI.
sign-up-yes-no = { $prompt } Raspunde DA, NU sau SARI.
sign-up-choice = { $prompt } Raspunde cu un numar sau SARI.
sign-up-own-again = Scuze, cateva cuvinte sunt de ajuns, de exemplu "{ $example }". Sau raspunde SARI.
sign-up-yes-no-again = Scuze, raspunde DA, NU sau SARI.
sign-up-choice-again = Scuze, raspunde cu unul dintre numere, de exemplu 1, sau SARI.
sign-up-own-example = nu stiu inca
sign-up-thanks = Multumim!
sign-up-thanks-named = Multumim, { $name }!
sign-up-passed = Nicio problema.
sign-up-once-more = Revenim la intrebarea noastra.
sign-up-done = Asta a fost tot. Trimite SOLD oricand vrei sa-ti vezi punctele.

## Sold

balance-one = { $shop }: ai { $held }.
balance-line = { $shop }: { $held }
not-a-member = Inca nu faci parte din niciun program.
not-a-member-here = Inca nu faci parte din program. Intreaba-ne cum te inscrii cand treci pe la noi.
offer = Trimite { $phrase } ca sa te inscrii in programul { $shop }.

choice = { $number } { $name }
choice-phrase = { $number } { $phrase } ({ $shop })

## Recompense, carduri, niveluri

month =
    { $month ->
        [1] ian
        [2] feb
        [3] mar
        [4] apr
        [5] mai
        [6] iun
        [7] iul
        [8] aug
        [9] sep
        [10] oct
        [11] nov
       *[12] dec
    }
day = { $day } { month }
day-with-year = { $day } { month } { $year }
gain = +{ $held }
gift = "{ $name }"
points-and-gift = { $points } si "{ $name }"
which-shop = La ce magazin? Raspunde cu un numar din lista.
voucher = { $name }: cod { $code }, pana pe { $day }
vouchers = { $shop }: te asteapta, arata codul la casa.

near-voucher = Te asteapta "{ $name }": trimite FOLOSESC.
near-enough = Iti ajunge pentru "{ $name }": trimite FOLOSESC.
near-money = Poti folosi { $amount }: trimite FOLOSESC.
near-missing = Mai ai nevoie de { $missing } pentru "{ $name }".
near-lapsing = Foloseste { $points } pana pe { $day }.
near-pending = Inca { $points } din { $day }.

reward = { $number } { $name }: { $cost }
reward-missing = { $number } { $name }: { $cost }, mai trebuie { $missing }
reward-level = { $number } { $name }: { $cost }, pentru { $level }
reward-sold-out = { $number } { $name }: stoc epuizat
reward-again = { $number } { $name }: { $cost }, iar din { $day }
reward-had = { $number } { $name }: ai luat deja
reward-money = { $number } { $name }: { $cost } = { $amount }
rewards-more =
    { $count ->
        [one] si inca una
        [few] si inca { $count }
       *[other] si inca { $count }
    }
rewards-none = { $shop }: deocamdata nu e nimic de luat.
rewards-how = Trimite FOLOSESC si un numar din lista.
rewards-how-many = Trimite FOLOSESC si cate { $unit_few } vrei sa folosesti, de exemplu FOLOSESC { $example }.

redeemed = { $shop }: { $name } e pentru tine! Cod { $code }, pana pe { $day }. Arata codul la casa.
redeemed-money = { $shop }: { $amount } pentru tine! Cod { $code }, pana pe { $day }. Arata codul la casa.
redeemed-left = Mai ai { $held }.
redeem-which = { $shop }: ce alegi? Raspunde cu un numar din lista.
redeem-or = Sau alege altceva: raspunde cu un numar din lista.
redeem-how-many = { $shop }: cate { $unit_few } vrei sa folosesti? { $cost } = { $amount }. Ai { $held }.
redeem-too-few = { $shop }: { $name } costa { $cost }. Ai { $held }, mai trebuie { $missing }.
redeem-level = { $shop }: { $name } e pentru nivelul { $level }. Trimite NIVEL ca sa vezi cat mai ai.
redeem-not-yet = { $shop }: { $name } incepe pe { $day }.
redeem-over = { $shop }: { $name } s-a incheiat. Trimite RECOMPENSE ca sa vezi ce este acum.
redeem-again = { $shop }: ai luat deja { $name }. Poti lua din nou din { $day }.
redeem-had = { $shop }: ai luat deja { $name }. Trimite RECOMPENSE ca sa vezi ce mai este.
redeem-sold-out = { $shop }: ne pare rau, { $name } nu mai e in stoc. Trimite RECOMPENSE ca sa vezi ce mai este.
redeem-unknown = { $shop }: scuze, nu avem recompensa asta. Trimite RECOMPENSE ca sa vezi ce este.

card = { $shop }, { $name }: { $stamps }, mai trebuie { $missing } pentru "{ $reward }".
card-line = { $name }: { $stamps }, mai trebuie { $missing } pentru "{ $reward }"
card-name = cardul tau
cards = { $shop }: cardurile tale.
cards-none = { $shop }: nu avem carduri cu stampile.

tier-now = { $shop }: nivelul tau e { $level }.
tier-now-until = { $shop }: nivelul tau e { $level }, pana pe { $day }.
tier-none-yet = { $shop }: inca nu ai un nivel.
tier-next = Urmeaza { $level }: mai ai { $missing }.
tier-next-by = Urmeaza { $level }: mai ai { $missing } pana pe { $day }.
tier-next-within =
    { $count ->
        [one] Urmeaza { $level }: mai ai { $missing } intr-o luna.
        [few] Urmeaza { $level }: mai ai { $missing } in { $count } luni.
       *[other] Urmeaza { $level }: mai ai { $missing } in { $count } de luni.
    }
tier-spend = cumparaturi de { $amount }
tier-visits =
    { $count ->
        [one] o vizita
        [few] { $count } vizite
       *[other] { $count } de vizite
    }
tier-friends =
    { $count ->
        [one] un prieten adus
        [few] { $count } prieteni adusi
       *[other] { $count } de prieteni adusi
    }
tier-times = { $unit_few } x{ $times }
tier-perks = Ai parte de: { $perks }.
perks-joined = { $perks }, { $perk }
tiers-none = { $shop }: nu avem niveluri.
membership-until = Abonamentul { $name }: platit pana pe { $day }.
membership-ends = { $shop }: abonamentul { $membership } se incheie pe { $day }. Ca sa continui, intreaba la noi. STOP: dezabonare.
membership-offer =
    { $count ->
        [one] Abonamentul { $name }: { $price } pe o luna. Intreaba la casa.
        [few] Abonamentul { $name }: { $price } pe { $count } luni. Intreaba la casa.
       *[other] Abonamentul { $name }: { $price } pe { $count } de luni. Intreaba la casa.
    }

refer = { $shop }: adu un prieten! Ca sa se inscrie, trimite { $words } la { $number }.
refer-short = { $shop }: adu un prieten!
refer-both = Dupa prima lui cumparatura primesti { $mine }, iar el { $theirs }.
refer-me = Dupa prima lui cumparatura primesti { $mine }.
refer-friend = Dupa prima lui cumparatura, prietenul primeste { $theirs }.
refer-link = Linkul pentru el: { $link }
refer-none = { $shop }: deocamdata nu avem nimic pentru prieteni adusi.

earned = { $gain }.
earned-now = { $gain }, ai { $held }.
not-now = { $shop }: scuze, asta nu se pune acum.
code-taken = { $shop }: cod acceptat, multumim!
code-used = { $shop }: codul a fost folosit deja.
code-over = { $shop }: codul nu mai e valabil.
code-unknown = { $shop }: scuze, nu cunoastem codul. Verifica-l si trimite-l din nou.
code-join = Codul e pentru membrii { $shop }. Trimite { $phrase } ca sa te inscrii, apoi trimite codul din nou.
code-enough = { $shop }: deocamdata nu mai putem primi coduri. Trimite-l din nou din { $day }.
code-enough-ever = { $shop }: multumim, dar nu mai putem primi coduri de la tine.
code-which = { $shop }: trimite COD si codul tau, de exemplu COD { $example }.
codes-none = { $shop }: nu avem coduri de trimis.
check-in-done = { $shop }: multumim ca ai venit!
check-in-wrong = { $shop }: nu e codul de azi. Il gasesti la casa.
check-in-again = { $shop }: vizita ta e notata deja. Data viitoare din { $day }.
check-in-enough = { $shop }: vizita ta e notata deja.
action-done = { $shop }: iti multumim!
action-thanks = { $shop }: { $thanks }
action-again = { $shop }: multumim, ai facut asta deja. Se pune din nou din { $day }.
action-once = { $shop }: multumim, ai facut asta deja.

history = { $shop }, ultimele:
history-line = { $moved } { $day }: { $why }
history-none = { $shop }: inca nu ai castigat si nu ai folosit nimic.
stamps-moved =
    { $count ->
        [one] { $count } stampila
        [few] { $count } stampile
       *[other] { $count } de stampile
    }
why-sale = cumparatura
why-refund = retur
why-joined = bun venit
why-code = cod
why-check-in = vizita
why-action = multumim
why-given-back = recompensa anulata
why-lapsed = expirate
why-birthday = ziua ta
why-friend = prieten adus
why-other = corectie

profile = { $shop } stie despre tine:
profile-first-name = { $number } Prenume: { $answer }
profile-birthday = { $number } Ziua ta: { $answer }
profile-own = { $number } { $prompt } { $answer }
profile-yes = Da
profile-no = Nu
profile-change = Ca sa schimbi ceva, trimite PROFIL si numarul.
profile-none = { $shop }: stim doar numarul tau si nu ne trebuie altceva.

help-also = Si: { $commands }
help-joined = { $commands }, { $command }

## Spuse fara sa fie intrebat

told = { $shop }:
told-earned-often =
    { $count ->
        [few] { $gain } din { $count } vizite, ai { $held }.
       *[other] { $gain } din { $count } de vizite, ai { $held }.
    }
told-enough = ai { $held }, destul pentru "{ $name }": trimite FOLOSESC.
told-birthday = la multi ani!
told-missed = nu te-am mai vazut de mult! Ai { $held }.
told-gift = "{ $name }" e pentru tine: arata codul { $code } pana pe { $day }.
told-level = { $level } e acum nivelul tau!
told-voucher-lapses = "{ $name }" te asteapta doar pana pe { $day }: cod { $code }.
told-points-lapse = { $points } de folosit pana pe { $day }, apoi expira.
told-stop = STOP: dezabonare.

## Ieșirea dintr-un magazin

left = Nu mai esti in programul { $shop } si nu vei mai primi mesaje de la acest magazin. Ca sa revii, trimite { $phrase }.
left-short = Nu mai esti in programul { $shop } si nu vei mai primi mesaje de la acest magazin.
leave-question = Vrei sa iesi din programul { $shop }? Raspunde DA ca sa confirmi. Ca sa iesi din alt program, trimite IESIRE si numele lui.
leave-which = Din ce program vrei sa iesi? Raspunde cu un numar din lista.
leave-kept = In regula, totul ramane la fel.
leave-not-in = Nu esti in programul { $shop } si nu primesti mesaje de la acest magazin. STOP: dezabonare de la toate.

## Limbă

language-name = Romana
language-which = Ce limba preferi? Raspunde cu un numar din lista.
language-set = De acum inainte iti scriem in romana.
language-offer = Preferi romana? Raspunde ROMANA.

## Ajutor, oprire, revenire

help-one = { $shop }: trimite SOLD ca sa-ti vezi punctele. Intrebari? { $contact }. Mesaje: max { $per_month }/luna. Se pot aplica costuri SMS/date. STOP: dezabonare.
help-counter = { $shop }: trimite SOLD ca sa-ti vezi punctele. Intrebari? Treci pe la noi. Mesaje: max { $per_month }/luna. Se pot aplica costuri SMS/date. STOP: dezabonare.
help-several = { $shops }: trimite SOLD ca sa-ti vezi punctele. Mesaje: max { $per_month }/luna. Se pot aplica costuri SMS/date. STOP: dezabonare.
stop-confirmed = { $shops }: te-ai dezabonat si nu vei mai primi mesaje. Ca sa revii, raspunde START.
stop-confirmed-plain = Te-ai dezabonat si nu vei mai primi mesaje. Ca sa revii, raspunde START.
stop-question = Vrei sa oprim mesajele? Raspunde STOP si le oprim. Raspunde CONTINUA si totul ramane la fel. Daca nu raspunzi, nu-ti vom trimite oferte.
stop-kept = Multumim, totul ramane la fel. Ca sa nu mai primesti mesaje, raspunde oricand STOP.
start-confirmed = { $shops }: primesti din nou mesaje, max { $per_month }/luna. Se pot aplica costuri SMS/date. SOLD: puncte, AJUTOR: info, STOP: dezabonare.
start-plain = Primesti din nou mesaje.
start-already = { $shops }: primesti deja mesaje, max { $per_month }/luna. Se pot aplica costuri SMS/date. SOLD: puncte, AJUTOR: info, STOP: dezabonare.
start-already-plain = Primesti deja mesaje.

## Restul

hint-sorry = Scuze, nu am inteles.
hint-hello = Buna!
hint-commands = Trimite SOLD ca sa-ti vezi punctele sau AJUTOR pentru informatii.
hint-contact = Intrebari? { $contact }
hint-stop = Nu faci parte din program, deci nu-ti vom scrie. Ca sa nu primesti niciodata mesaje de la noi, raspunde STOP.

## Pentru personalul care trimite SMS

staff-earned = { $name }: { $gain }. Acum: { $held }.
staff-nothing = { $name }: notat, dar nu aduce nimic. Acum: { $held }.
staff-gift = Gata pentru { $name }: { $reward }, cod { $code }.
staff-redeemed = { $code }: { $reward } pentru { $name }. Gata.
staff-used = { $code } a fost deja folosit { $when }, de { $who }.
staff-used-today = la { $time }
staff-used-before = pe { $day } la { $time }
staff-code-over = { $code } nu mai este valabil.
staff-code-unknown = { $code }: nu exista un voucher cu acest cod.
staff-unknown = Nimeni de aici nu are numarul { $phone }. Pentru o invitatie, trimite INVITA { $phone }.
staff-undone-sale = Anulat. { $name } are acum { $held }.
staff-undone-voucher = Anulat. { $name } are din nou { $code }, pentru { $reward }.
staff-undone-waiting = Anulat. Nu mai asteapta raspunsul DA.
staff-undo-none = Nu e nimic de anulat: doar ultima ta inregistrare, in { $minutes } minute.
staff-again = { $name } tocmai a fost notat. Daca a mai fost o cumparatura, retrimite mesajul peste un minut.
staff-enough-hour = Sunt { $count } inregistrari intr-o ora, maximul prin SMS. Poti continua la { $time }.
staff-enough-day = { $name } a fost notat astazi de { $count } ori, maximul prin SMS.
staff-which = La ce magazin? Retrimite mesajul cu numarul lui, de exemplu { $example }
staff-how = Personal: STAMPILA si telefon, CHELTUIT cu telefon si suma, FOLOSESC si cod, ANULEAZA sau INVITA si telefon.
staff-invited = { $phone } a primit o invitatie prin SMS. Ce notezi asteapta raspunsul DA pana pe { $day }.
staff-waits = { $phone }: notat. Asteapta raspunsul DA pana pe { $day }.
staff-not-invited = { $phone } nu poate fi invitat: a fost deja intrebat, nu vrea SMS-uri sau nu le poate primi.
staff-member = { $name } face deja parte din program, cu { $held }.

## Invitații și telefoane schimbate

invited = { $shop }: raspunde DA pana pe { $day } si primesti { $held }. Te inscrii si primesti mesaje periodice, max { $per_month }/luna. Se pot aplica costuri SMS/date. AJUTOR: info, STOP: dezabonare.
merged-away = { $shop }: ce aveai aici s-a mutat pe celalalt telefon al tau. Trimite SOLD de pe acela.
