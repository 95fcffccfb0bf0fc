# Ce que dit la passerelle en français. Sans ê, â, î, ô, û, ë, ï, ç, œ : absents du GSM-7, ils couperaient le message en deux.

## Mots que les gens envoient, séparés par des virgules

words-balance = solde, mon solde, points, mes points, pts, mes pts, nombre de points, combien de points, combien j'ai de points, j'ai combien de points, ma cagnotte
words-help = qui est-ce, c'est qui, c qui, qui c'est, qui êtes-vous, vous êtes qui, qui es-tu, t'es qui, tu es qui, c'est quoi, c quoi, c koi, menu, options, infos, informations, renseignements, comment ça marche, ça marche comment, comment ça fonctionne, comment faire, mode d'emploi, aidez-moi, besoin d'aide, à l'aide
words-join = adhérer, j'adhère, adhésion, comment adhérer, je veux adhérer, rejoindre, je veux rejoindre, s'inscrire, m'inscrire, inscrire, inscription, je m'inscris, inscrivez-moi, inscris-moi, je veux m'inscrire, comment m'inscrire, comment s'inscrire, comment on s'inscrit, s'enregistrer, m'enregistrer, s'abonner, m'abonner, je m'abonne, abonnement, devenir membre, participer, je participe, je veux participer
words-leave = quitter, quiter, quitter le programme
words-language = langue, langage, changer de langue, changer langue, autre langue
words-language-name = français, française, en français, french, francés, franceză, franțuzește, 法语, 法語, 法文
words-keep = continuer, continue, continuez, je continue, on continue, continuer comme avant, comme avant, garder, gardez, je garde, poursuivre, rester, je reste
words-greeting = bonjour, bonsoir, salut, coucou, bjr, bsr, slt, cc, allô, rebonjour, bonjour à vous, bonjour madame, bonjour monsieur
words-thanks = merci, merci beaucoup, merci bien, un grand merci, mille mercis, ok merci, d'accord merci, super merci, parfait merci, génial, mdr
words-yes = oui, ui, wi, ouais, ouai, ouaip, ouep, ok, okay, d'accord, d'acc, dac, bien sûr, volontiers, avec plaisir, je veux bien, ça marche, absolument, tout à fait, je confirme, oui merci, oui svp, oui stp, oui s'il vous plaît, oui d'accord, oui bien sûr, oui volontiers, oui je veux bien
words-no = non, nn, n, no, non merci, merci non, sans façon, aucun, aucune, aucun des deux, ni l'un ni l'autre
words-not-interested = pas intéressé, pas intéressée, je ne suis pas intéressé, je ne suis pas intéressée, ça ne m'intéresse pas, ça m'intéresse pas
words-skip = passer, passe, passez, je passe, on passe, sauter, saute, ignorer, ignore, plus tard, pas maintenant, une autre fois, suivant, suivante, question suivante, sans réponse, pas de réponse, sans commentaire, pas envie, je préfère pas, je préfère ne pas le dire, je préfère ne pas répondre, je ne veux pas le dire, je veux pas le dire, je ne veux pas répondre, je ne souhaite pas répondre, privé, c'est privé, ça ne vous regarde pas, je ne sais pas, je sais pas, sais pas, jsp, aucune idée

## Éléments

points =
    { $points ->
        [one] { $points } point
       *[other] { $points } points
    }
shops-joined = { $shops }, { $shop }
shop-with-contact = { $shop } ({ $contact })
shops-and-more = { $shops } { $more }
and-more =
    { $count ->
        [one] et { $count } autre
       *[other] et { $count } autres
    }

## Inscription

join-confirmed = { $shop } : bienvenue ! Vous avez { points }. Messages réguliers, { $per_month }/mois max. Frais de SMS et données possibles. SOLDE : points, AIDE : infos, STOP : fin.
join-question = { $shop } : répondez OUI pour vous inscrire et recevoir des messages réguliers, { $per_month }/mois max. Frais de SMS et données possibles. AIDE : infos, STOP : fin.
join-reminder = Répondez OUI pour rejoindre le programme { $shop }, ou NON si cela ne vous dit rien.
join-already = { $shop } : ravis de vous revoir ! Vous avez { points }.
join-declined = C'est noté, nous ne vous inscrivons pas au programme { $shop }. Si vous changez d'avis, envoyez { $phrase }.
join-declined-short = C'est noté, nous ne vous inscrivons pas au programme { $shop }.

join-already-named = { $shop } : ravis de vous revoir, { $name } ! Vous avez { points }.
join-offer = Envie de rejoindre le programme { $shop } ? Répondez OUI ou envoyez { $phrase }.
join-which = Avec plaisir, voici comment vous inscrire.
did-you-mean = Vouliez-vous dire { $phrase } ? Répondez OUI pour rejoindre le programme { $shop }.
did-you-mean-several = Que vouliez-vous dire ? Répondez par un numéro de la liste.
did-you-mean-no = Pas de problème. Pour vous inscrire, envoyez les mots indiqués sur l'affiche.
keyword-past = { $past } a pris fin. Envie de rejoindre maintenant le programme { $shop } ? Répondez OUI ou envoyez { $phrase }.
keyword-past-member = { $past } a pris fin, mais vous faites déjà partie du programme { $shop }. Vous avez { points }.
keyword-past-none = { $past } a pris fin. Pour rejoindre le programme { $shop }, demandez-nous sur place.

## Questions à l'inscription

sign-up-first-name = Quel est votre prénom ? Ou répondez PASSER.
sign-up-first-name-again = Pardon, seulement votre prénom, par exemple Julie. Ou répondez PASSER.
sign-up-birthday = Quelle est la date de votre anniversaire ? Jour et mois seulement, par exemple { $example }. Ou répondez PASSER.
sign-up-birthday-again = Pardon, nous n'avons pas compris cette date. Écrivez-la comme ceci : { $example }. Ou répondez PASSER.
sign-up-own = { $prompt } Ou répondez PASSER.
sign-up-yes-no = { $prompt } Répondez OUI, NON ou PASSER.
sign-up-choice = { $prompt } Répondez par un numéro, ou PASSER.
sign-up-own-again = Pardon, quelques mots suffisent, par exemple "{ $example }". Ou répondez PASSER.
sign-up-yes-no-again = Pardon, répondez OUI ou NON, ou bien PASSER.
sign-up-choice-again = Pardon, répondez par l'un de ces numéros, par exemple 1, ou bien PASSER.
sign-up-own-example = je ne sais pas encore
sign-up-thanks = Merci !
sign-up-thanks-named = Merci, { $name } !
sign-up-passed = Pas de problème.
sign-up-once-more = Revenons à notre question :
sign-up-done = Voilà, c'est tout. Envoyez SOLDE quand vous voulez pour voir vos points.

## Solde

balance-one = { $shop } : vous avez { points }.
balance-line = { $shop } : { points }
not-a-member = Vous ne faites pas encore partie de nos membres.
not-a-member-here = Vous ne faites pas encore partie de nos membres. Demandez-nous sur place comment vous inscrire.
offer = Envoyez { $phrase } pour rejoindre le programme { $shop }.

choice = { $number } { $name }
choice-phrase = { $number } { $phrase } ({ $shop })

## Quitter une boutique

left = Vous avez quitté le programme { $shop } et ne recevrez plus ses messages. Pour revenir, envoyez { $phrase }.
left-short = Vous avez quitté le programme { $shop } et ne recevrez plus ses messages.
leave-question = Quitter le programme { $shop } ? Répondez OUI pour confirmer. Pour en quitter un autre, envoyez QUITTER et son nom.
leave-which = Quel programme voulez-vous quitter ? Répondez par un numéro de la liste.
leave-kept = Entendu, rien ne change.

## Langue

language-name = FRANÇAIS
language-which = Quelle langue préférez-vous ? Répondez par un numéro de la liste.
language-set = C'est noté, nous vous écrirons désormais dans cette langue.
language-offer = Nous parlons aussi votre langue : répondez FRANCAIS.

## Aide, arrêt, reprise

help-one = { $shop } : envoyez SOLDE pour vos points. Une question ? { $contact }. { $per_month } messages/mois max. Frais de SMS et données possibles. STOP : fin.
help-counter = { $shop } : envoyez SOLDE pour vos points. Une question ? Parlez-nous-en sur place. { $per_month } messages/mois max. Frais de SMS et données possibles. STOP : fin.
help-several = { $shops } : envoyez SOLDE pour vos points. { $per_month } messages/mois max. Frais de SMS et données possibles. STOP : fin.
stop-confirmed = { $shops } : désinscription confirmée, vous ne recevrez plus de messages. Pour revenir, répondez START.
stop-confirmed-plain = Désinscription confirmée, vous ne recevrez plus de messages. Pour revenir, répondez START.
stop-question = Faut-il cesser de vous écrire ? Répondez STOP et c'est fait, ou CONTINUER pour ne rien changer. Sans réponse, nous ne vous enverrons pas d'offres.
stop-kept = Merci, rien ne change. Pour ne plus recevoir nos messages, répondez STOP à tout moment.
start-confirmed = { $shops } : vous recevez à nouveau nos messages, { $per_month }/mois max. Frais de SMS et données possibles. SOLDE : points, AIDE : infos, STOP : fin.
start-plain = Vous recevez à nouveau nos messages.
start-already = { $shops } : vous recevez bien nos messages, { $per_month }/mois max. Frais de SMS et données possibles. SOLDE : points, AIDE : infos, STOP : fin.
start-already-plain = Vous recevez bien nos messages.

## Le reste

hint-sorry = Pardon, nous n'avons pas compris.
hint-hello = Bonjour !
hint-commands = Envoyez SOLDE pour vos points, ou AIDE.
