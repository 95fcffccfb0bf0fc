# Ce que dit la passerelle en français. Sans ê, â, î, ô, û, ë, ï, ç, œ : absents du GSM-7, ils couperaient le message en deux.

## Mots que les gens envoient, séparés par des virgules

words-balance = solde, mon solde, points, mes points, pts, mes pts, nombre de points, combien de points, combien j'ai de points, j'ai combien de points, ma cagnotte, quel est mon solde, voir mon solde, voir mes points, consulter mon solde, connaître mon solde, solde de points, solde points, combien de points j'ai, combien de points ai-je, combien ai-je de points, combien de pts, cb de points, nb de points, il me reste combien de points, où en sont mes points, points fidélité, mes points fidélité, points de fidélité, cagnotte, mon compte
words-rewards = récompenses, récompense, mes récompenses, mes cadeaux, voir les récompenses, voir les cadeaux, quelles récompenses, que puis-je avoir, catalogue des récompenses
words-redeem = échanger, échanger mes points, échanger des points, échange, utiliser mes points, utiliser des points, utiliser points, dépenser mes points, comment utiliser mes points, comment échanger, mes bons, mon bon, bons d'achat
words-card = carte, ma carte, carte à tampons, tampons, mes tampons, combien de tampons, combien j'ai de tampons
words-tier = niveau, mon niveau, statut, mon statut, palier, mon palier, quel est mon niveau, quel est mon statut, mon adhésion, mon abonnement
words-refer = parrainer, parrainage, parrainer un ami, parrainer une amie, inviter, inviter un ami, inviter une amie, inviter des amis, mon code, mon lien, code parrain, mon code parrain
words-code = code, codes, j'ai un code, entrer un code, saisir un code, check in, enregistrer ma visite
words-history = historique, mon historique, mouvements, mes mouvements, derniers mouvements, relevé, mon relevé, historique des points
words-profile = profil, mon profil, mes informations, mes infos, mes coordonnées, changer mon prénom, changer mon nom, changer mon anniversaire, modifier mon profil, modifier profil
words-help = qui est-ce, c'est qui, c qui, qui c'est, qui êtes-vous, vous êtes qui, qui es-tu, t'es qui, tu es qui, c'est quoi, c quoi, c koi, menu, options, infos, informations, renseignements, comment ça marche, ça marche comment, comment ça fonctionne, comment faire, mode d'emploi, aidez-moi, besoin d'aide, à l'aide, qui m'écrit, aide-moi, information, contacter, c quoi ça, c'est quoi ça, c'est quoi ce numéro, à qui est ce numéro, c'est qui ça, c ki, ki c, qui parle, qui me parle, qui est à l'appareil, renseignement, contact, commandes, au secours, pourquoi vous m'écrivez, pourquoi m'écrivez-vous, comment avez-vous eu mon numéro
words-join = adhérer, j'adhère, adhésion, comment adhérer, je veux adhérer, rejoindre, je veux rejoindre, s'inscrire, m'inscrire, inscrire, inscription, je m'inscris, inscrivez-moi, inscris-moi, je veux m'inscrire, comment m'inscrire, comment s'inscrire, comment on s'inscrit, s'enregistrer, m'enregistrer, s'abonner, m'abonner, je m'abonne, abonnement, devenir membre, participer, je participe, je veux participer, abonne moi, abonnez moi, rejoindre le programme, je souhaite m'inscrire, je voudrais m'inscrire, je voudrais adhérer, je veux devenir membre, je veux rejoindre le programme, comment rejoindre, comment on fait, carte de fidélité, carte fidélité, programme fidélité
words-join-yes = je m'inscris, m'inscrire, inscrivez-moi, inscris-moi, je veux m'inscrire, je souhaite m'inscrire, je voudrais m'inscrire, je veux devenir membre, je veux rejoindre le programme, rejoindre le programme, abonnez-moi, abonne-moi, pourquoi pas, oui pourquoi pas, j'embarque, mets-en, d'accord ouais, ouais d'accord, ouais ok, allons-y, c'est parti, exact, exactement, pk pas
words-leave = quitter, quiter, quitter le programme, je veux quitter, je voudrais quitter, sortir de, me désinscrire de, me désabonner de, désabonnez-moi de, désinscription de
words-language = langue, langage, changer de langue, changer langue, autre langue, langues, changer la langue, choisir la langue
words-language-name = français, française, en français, french, francés, franceză, franțuzește, 法语, 法語, 法文, parlez français, parlez-vous français, je parle français
words-keep = continuer, continue, continuez, je continue, on continue, continuer comme avant, comme avant, garder, gardez, je garde, poursuivre, rester, je reste, je veux continuer, je souhaite continuer, vous pouvez continuer, on peut continuer, continuons, continuez à m'écrire, oui continuez, oui continuer, non continuez, non continuer, ne changez rien, ne rien changer, n'arrêtez pas, ne cessez pas, laissez comme ça, laisser comme ça, garder les messages, je garde les messages, je veux rester
words-greeting = bonjour, bonsoir, salut, coucou, bjr, bsr, slt, cc, allô, rebonjour, bonjour à vous, bonjour madame, bonjour monsieur, bon matin, bonjour à tous, bonjour messieurs dames, bonjour ça va, salut ça va, comment ça va, rebonsoir, hé
words-thanks = merci, merci beaucoup, merci bien, un grand merci, mille mercis, ok merci, d'accord merci, super merci, parfait merci, génial, mdr, ok, d'accord, parfait, super, top, nickel, impeccable, c'est noté, noté, bien reçu, entendu, compris, ça marche, merci bcp, mrc, merci à vous, merci à toi, merci infiniment, merci encore, merci d'avance, merci bonne journée, merci et bonne journée, merci bonne soirée, bonne journée, bonne soirée, bonne fin de journée, passez une bonne journée, bon week-end, à bientôt, vous aussi, de rien, pas de souci, pas de problème, c'est gentil, je vous remercie, trop bien, j'adore, ptdr, au revoir, à plus, à demain
words-yes = oui, ui, wi, ouais, ouai, ouaip, ouep, ok, okay, d'accord, d'acc, dac, bien sûr, volontiers, avec plaisir, je veux bien, ça marche, absolument, tout à fait, je confirme, oui merci, oui svp, oui stp, oui s'il vous plaît, oui d'accord, oui bien sûr, oui volontiers, oui je veux bien, je suis d'accord, ok d'accord, d accord, c'est d'accord, oui oui, ouii, ouiii, oui avec plaisir, avec joie, bien volontiers, oui pourquoi pas, j'accepte, oui j'accepte, ok oui, oui ok, ok pour moi, oui je veux, oui je confirme, oui je m'inscris, oui inscrivez-moi, mais oui, ben oui, bah oui, bien sûr que oui, certainement, évidemment, carrément, allez-y, vas-y
words-no = non, nn, n, no, non merci, merci non, sans façon, aucun, aucune, aucun des deux, ni l'un ni l'autre, nan, nop, non non, mais non, ben non, bah non, c'est non, non désolé, non désolée, désolé non, désolée non, pas du tout, non pas du tout, surtout pas, certainement pas, hors de question, merci mais non, laissez tomber, laisse tomber, jamais, pas vraiment
words-not-interested = pas intéressé, pas intéressée, je ne suis pas intéressé, je ne suis pas intéressée, ça ne m'intéresse pas, ça m'intéresse pas, je suis pas intéressé, je suis pas intéressée, non pas intéressé, non pas intéressée, plus intéressé, plus intéressée, ça ne m'intéresse plus, non ça ne m'intéresse pas, sa m'intéresse pas, aucun intérêt, sans intérêt, pas pour moi, pas besoin, pas envie, je ne veux pas, je veux pas, non je ne veux pas, je ne veux pas m'inscrire, je ne souhaite pas m'inscrire, je refuse
words-skip = passer, passe, passez, je passe, on passe, sauter, saute, ignorer, ignore, plus tard, pas maintenant, une autre fois, suivant, suivante, question suivante, sans réponse, pas de réponse, sans commentaire, pas envie, je préfère pas, je préfère ne pas le dire, je préfère ne pas répondre, je ne veux pas le dire, je veux pas le dire, je ne veux pas répondre, je ne souhaite pas répondre, privé, c'est privé, ça ne vous regarde pas, je ne sais pas, je sais pas, sais pas, jsp, aucune idée, je passe mon tour, sautez, je saute, ignorez, peu importe, aucune réponse, je préfère ne rien dire, je préfère garder ça pour moi
words-refusal = je ne veux pas, je veux pas, j'veux pas, ça ne m'intéresse pas, pas intéressé, pas intéressée
words-all = tous, toutes, les deux, tous les deux, tout
words-staff-punch = tampon, tamponner, visite, passage, pointer
words-staff-spend = achat, vente, dépense, payé
words-staff-redeem = échanger, échange, utiliser, bon
words-staff-undo = annuler, défaire, retirer
words-staff-invite = inviter, invite

## Éléments

points =
    { $points ->
        [one] { $points } { $unit_one }
       *[other] { $points } { $unit_other }
    }
stamps =
    { $stamps ->
        [one] { $stamps } tampon sur { $size }
       *[other] { $stamps } tampons sur { $size }
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

join-confirmed = { $shop } : bienvenue ! Vous avez { $held }. Messages réguliers, { $per_month }/mois max. Frais SMS/données possibles. SOLDE : points, AIDE : info, STOP : désabonner.
join-question = { $shop } : répondez OUI pour vous inscrire et recevoir des messages réguliers, { $per_month }/mois max. Frais SMS/données possibles. AIDE : info, STOP : désabonner.
join-reminder = Répondez OUI pour rejoindre le programme { $shop }, ou NON si vous ne souhaitez pas vous inscrire.
join-already = { $shop } : ravis de vous revoir ! Vous avez { $held }.
join-declined = C'est noté, nous ne vous inscrivons pas au programme { $shop }. Si vous changez d'avis, envoyez { $phrase }.
join-declined-short = C'est noté, nous ne vous inscrivons pas au programme { $shop }.

join-already-named = { $shop } : ravis de vous revoir, { $name } ! Vous avez { $held }.
join-offer = Envie de rejoindre le programme { $shop } ? Répondez OUI ou envoyez { $phrase }.
join-which = Avec plaisir, voici comment vous inscrire.
did-you-mean = Vouliez-vous dire { $phrase } ? Répondez OUI pour rejoindre le programme { $shop }.
did-you-mean-several = Que vouliez-vous dire ? Répondez par son numéro.
did-you-mean-no = Pas de problème. Pour vous inscrire, envoyez les mots indiqués sur l'affiche.
keyword-past = L'offre { $past } est terminée. Envie de rejoindre maintenant le programme { $shop } ? Répondez OUI ou envoyez { $phrase }.
keyword-past-member = L'offre { $past } est terminée, mais vous faites déjà partie du programme { $shop }. Vous avez { $held }.
keyword-past-none = L'offre { $past } est terminée. Pour rejoindre le programme { $shop }, demandez-nous sur place.

## Questions à l'inscription

sign-up-first-name = Quel est votre prénom ? Sinon, répondez PASSER.
sign-up-first-name-again = Pardon, seulement votre prénom, par exemple Julie. Sinon, répondez PASSER.
sign-up-birthday = Quelle est la date de votre anniversaire ? Jour et mois seulement, par exemple { $example }. Sinon, répondez PASSER.
sign-up-birthday-again = Pardon, nous n'avons pas compris cette date. Écrivez-la comme ceci : { $example }. Sinon, répondez PASSER.
sign-up-own = { $prompt } Sinon, répondez PASSER.
sign-up-yes-no = { $prompt } Répondez OUI, NON ou PASSER.
sign-up-choice = { $prompt } Répondez par un numéro, ou PASSER.
sign-up-own-again = Pardon, quelques mots suffisent, par exemple "{ $example }". Sinon, répondez PASSER.
sign-up-yes-no-again = Pardon, répondez OUI ou NON, ou bien PASSER.
sign-up-choice-again = Pardon, répondez par l'un de ces numéros, par exemple 1, ou bien PASSER.
sign-up-own-example = je ne sais pas encore
sign-up-thanks = Merci !
sign-up-thanks-named = Merci, { $name } !
sign-up-passed = Pas de problème.
sign-up-once-more = Revenons à notre question.
sign-up-done = Voilà, c'est tout. Envoyez SOLDE quand vous voulez pour voir vos points.

## Solde

balance-one = { $shop } : vous avez { $held }.
balance-line = { $shop } : { $held }
not-a-member = Vous ne faites pas encore partie du programme.
not-a-member-here = Vous ne faites pas encore partie du programme. Demandez-nous sur place comment vous inscrire.
offer = Inscription { $shop } : envoyez { $phrase }.

choice = { $number } { $name }
choice-phrase = { $number } { $phrase } ({ $shop })

## Récompenses, cartes, niveaux

month =
    { $month ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] aout
        [9] septembre
        [10] octobre
        [11] novembre
       *[12] décembre
    }
day =
    { $day ->
        [1] 1er { month }
       *[other] { $day } { month }
    }
day-with-year =
    { $day ->
        [1] 1er { month } { $year }
       *[other] { $day } { month } { $year }
    }
gain = +{ $held }
gift = "{ $name }"
points-and-gift = { $points } et "{ $name }"
which-shop = Dans quelle boutique ? Répondez par son numéro.
voucher = { $name } : code { $code }, jusqu'au { $day }
vouchers = { $shop } : c'est à vous, montrez le code en caisse.

near-voucher = "{ $name }" vous attend : envoyez ÉCHANGER.
near-enough = De quoi obtenir "{ $name }" : envoyez ÉCHANGER.
near-money = Cela vaut { $amount } : envoyez ÉCHANGER.
near-missing = Plus que { $missing } pour "{ $name }".
near-lapsing = Utilisez { $points } d'ici le { $day }.
near-pending = { $points } de plus le { $day }.

reward = { $number } { $name } : { $cost }
reward-missing = { $number } { $name } : { $cost }, plus que { $missing }
reward-level = { $number } { $name } : { $cost }, niveau { $level }
reward-sold-out = { $number } { $name } : rupture de stock
reward-again = { $number } { $name } : { $cost }, à nouveau dès le { $day }
reward-had = { $number } { $name } : limite atteinte
reward-money = { $number } { $name } : { $cost } = { $amount }
rewards-more =
    { $count ->
        [one] et { $count } autre
       *[other] et { $count } autres
    }
rewards-none = { $shop } : rien à échanger pour le moment.
rewards-how = Envoyez ÉCHANGER et un numéro.
rewards-how-many = Envoyez ÉCHANGER et un nombre de { $unit_other }, par exemple ÉCHANGER { $example }.

redeemed = { $shop } : { $name }, c'est à vous ! Code { $code }, jusqu'au { $day }. Montrez-le en caisse.
redeemed-money = { $shop } : { $amount } pour vous ! Code { $code }, jusqu'au { $day }. Montrez-le en caisse.
redeemed-left = Il vous reste { $held }.
redeem-which = { $shop } : que choisissez-vous ? Répondez par son numéro.
redeem-or = Ou choisissez autre chose : répondez par son numéro.
redeem-how-many = { $shop } : combien de { $unit_other } voulez-vous utiliser ? { $cost } = { $amount }. Vous avez { $held }.
redeem-too-few = { $shop } : { $name } demande { $cost }. Vous avez { $held }, plus que { $missing }.
redeem-level = { $shop } : { $name } est pour le niveau { $level }. Envoyez NIVEAU pour savoir comment y arriver.
redeem-not-yet = { $shop } : { $name } commence le { $day }.
redeem-over = { $shop } : { $name }, c'est terminé. Envoyez RÉCOMPENSES pour voir le choix actuel.
redeem-again = { $shop } : vous avez déjà obtenu { $name }. Ce sera à nouveau possible dès le { $day }.
redeem-had = { $shop } : vous avez déjà obtenu { $name }. Envoyez RÉCOMPENSES pour voir le reste.
redeem-sold-out = { $shop } : désolés, { $name } n'est plus disponible. Envoyez RÉCOMPENSES pour voir le reste.
redeem-unknown = { $shop } : pardon, nous n'avons pas cette récompense. Envoyez RÉCOMPENSES pour voir le choix.

card = { $shop }, { $name } : { $stamps }, plus que { $missing } pour "{ $reward }".
card-line = { $name } : { $stamps }, plus que { $missing } pour "{ $reward }"
card-name = votre carte
cards = { $shop } : vos cartes.
cards-none = { $shop } : il n'y a pas de carte à tampons ici.

tier-now = { $shop } : votre niveau est { $level }.
tier-now-until = { $shop } : votre niveau est { $level }, jusqu'au { $day }.
tier-none-yet = { $shop } : vous n'avez pas encore de niveau.
tier-next = Ensuite { $level } : plus que { $missing }.
tier-next-by = Ensuite { $level } : plus que { $missing } d'ici le { $day }.
tier-next-within =
    { $count ->
        [one] Ensuite { $level } : plus que { $missing } en un mois.
       *[other] Ensuite { $level } : plus que { $missing } en { $count } mois.
    }
tier-spend = { $amount } d'achats
tier-visits =
    { $count ->
        [one] { $count } visite
       *[other] { $count } visites
    }
tier-friends =
    { $count ->
        [one] { $count } filleul
       *[other] { $count } filleuls
    }
tier-times = { $unit_other } x{ $times }
tier-perks = Pour vous : { $perks }.
perks-joined = { $perks }, { $perk }
tiers-none = { $shop } : il n'y a pas de niveaux ici.
membership-until = Adhésion { $name } : payée jusqu'au { $day }.
membership-ends = { $shop } : votre adhésion { $membership } se termine le { $day }. Pour continuer, demandez-nous sur place. STOP : désabonner.
membership-offer =
    { $count ->
        [one] Adhésion { $name } : { $price } pour un mois. Demandez-nous sur place.
       *[other] Adhésion { $name } : { $price } pour { $count } mois. Demandez-nous sur place.
    }

refer = { $shop } : invitez un proche ! Pour s'inscrire, il envoie { $words } au { $number }.
refer-short = { $shop } : invitez un proche !
refer-both = Après son premier achat, { $mine } pour vous et { $theirs } pour lui.
refer-me = Après son premier achat, { $mine } pour vous.
refer-friend = Après son premier achat, { $theirs } pour lui.
refer-link = Lien à partager : { $link }
refer-none = { $shop } : il n'y a pas de parrainage en ce moment.

earned = { $gain }.
earned-now = { $gain }, vous avez { $held }.
not-now = { $shop } : pardon, cela ne compte pas en ce moment.
code-taken = { $shop } : code accepté, merci !
code-used = { $shop } : ce code a déjà servi.
code-over = { $shop } : ce code n'est plus valable.
code-unknown = { $shop } : pardon, nous ne connaissons pas ce code. Vérifiez-le et renvoyez-le.
code-join = Ce code est pour les membres { $shop }. Envoyez { $phrase } pour vous inscrire, puis renvoyez le code.
code-enough = { $shop } : plus de code possible pour le moment. Renvoyez-le dès le { $day }.
code-enough-ever = { $shop } : merci, mais nous ne pouvons plus prendre de code de votre part.
code-which = { $shop } : envoyez CODE suivi de votre code, par exemple CODE { $example }.
codes-none = { $shop } : il n'y a pas de codes à envoyer ici.
check-in-done = { $shop } : merci de votre visite !
check-in-wrong = { $shop } : ce n'est pas le code du jour. Il est affiché en caisse.
check-in-again = { $shop } : votre visite est déjà notée. Prochaine fois dès le { $day }.
check-in-enough = { $shop } : votre visite est déjà notée.
action-done = { $shop } : merci à vous !
action-thanks = { $shop } : { $thanks }
action-again = { $shop } : merci, c'est déjà fait. Cela comptera à nouveau dès le { $day }.
action-once = { $shop } : merci, c'est déjà fait.

history = { $shop }, en dernier :
history-line = { $moved } { $day } : { $why }
history-none = { $shop } : rien de gagné ni de dépensé pour le moment.
stamps-moved =
    { $count ->
        [one] { $count } tampon
       *[other] { $count } tampons
    }
why-sale = achat
why-refund = remboursement
why-joined = bienvenue
why-code = code
why-check-in = visite
why-action = merci
why-given-back = récompense rendue
why-lapsed = expirés
why-birthday = anniversaire
why-friend = parrainage
why-other = correction

profile = { $shop } sait de vous :
profile-first-name = { $number } Prénom : { $answer }
profile-birthday = { $number } Anniversaire : { $answer }
profile-own = { $number } { $prompt } { $answer }
profile-yes = Oui
profile-no = Non
profile-change = Pour corriger, envoyez PROFIL et le numéro.
profile-none = { $shop } : nous n'avons que votre numéro, rien d'autre n'est utile.

help-also = Et aussi : { $commands }
help-joined = { $commands }, { $command }

## Dit sans qu'on demande

told = { $shop } :
told-earned-often = { $gain } en { $count } visites, vous avez { $held }.
told-enough = vous avez { $held }, de quoi obtenir "{ $name }" : envoyez ÉCHANGER.
told-birthday = joyeux anniversaire !
told-missed = cela fait longtemps ! Vous avez { $held }.
told-gift = "{ $name }", c'est à vous : montrez le code { $code } d'ici le { $day }.
told-level = { $level }, c'est votre niveau maintenant !
told-voucher-lapses = "{ $name }" n'est valable que jusqu'au { $day } : code { $code }.
told-points-lapse = { $points } à utiliser d'ici le { $day }, après c'est trop tard.
told-stop = STOP : désabonner.

## Quitter une boutique

left = Vous avez quitté le programme { $shop } et ne recevrez plus ses messages. Pour revenir, envoyez { $phrase }.
left-short = Vous avez quitté le programme { $shop } et ne recevrez plus ses messages.
leave-question = Quitter le programme { $shop } ? Répondez OUI pour confirmer. Pour en quitter un autre, envoyez QUITTER et son nom.
leave-which = Quel programme voulez-vous quitter ? Répondez par son numéro.
leave-kept = Entendu, rien ne change.
leave-not-in = Vous ne faites pas partie du programme { $shop } et ne recevez pas ses messages. STOP : désabonner de tout.

## Langue

language-name = FRANÇAIS
language-which = Quelle langue préférez-vous ? Répondez par son numéro.
language-set = C'est noté, nous vous écrirons désormais en FRANÇAIS.
language-offer = En FRANÇAIS ? Répondez FRANÇAIS.

## Aide, arrêt, reprise

help-one = { $shop } : envoyez SOLDE pour vos points. Une question ? { $contact }. Max { $per_month }/mois. Frais SMS/données possibles. STOP : désabonner.
help-counter = { $shop } : envoyez SOLDE pour vos points. Une question ? Parlez-nous-en sur place. Max { $per_month }/mois. Frais SMS/données possibles. STOP : désabonner.
help-several = { $shops } : envoyez SOLDE pour vos points. Max { $per_month }/mois. Frais SMS/données possibles. STOP : désabonner.
stop-confirmed = { $shops } : désinscription confirmée, vous ne recevrez plus de messages. Pour revenir, répondez START.
stop-confirmed-plain = Désinscription confirmée, vous ne recevrez plus de messages. Pour revenir, répondez START.
stop-question = Préférez-vous ne plus recevoir nos messages ? Répondez STOP, ou CONTINUER pour ne rien changer. Sans réponse, nous ne vous enverrons pas d'offres.
stop-kept = Merci, rien ne change. Pour ne plus recevoir nos messages, répondez STOP à tout moment.
start-confirmed = { $shops } : vous recevez à nouveau nos messages, { $per_month }/mois max. Frais SMS/données possibles. SOLDE : points, AIDE : info, STOP : désabonner.
start-plain = Vous recevez à nouveau nos messages.
start-already = { $shops } : vous recevez bien nos messages, { $per_month }/mois max. Frais SMS/données possibles. SOLDE : points, AIDE : info, STOP : désabonner.
start-already-plain = Vous recevez bien nos messages.

## Le reste

hint-sorry = Pardon, nous n'avons pas compris.
hint-hello = Bonjour !
hint-commands = Envoyez SOLDE pour vos points ou AIDE pour en savoir plus.
hint-contact = Une question ? { $contact }
hint-stop = Sans inscription, nous ne vous enverrons rien. Pour ne jamais rien recevoir, répondez STOP.

## Pour l'équipe qui envoie des SMS

staff-earned = { $name } : { $gain }. Total : { $held }.
staff-nothing = { $name } : noté, mais cela ne rapporte rien. Total : { $held }.
staff-gift = Pour { $name } : { $reward }, code { $code }.
staff-redeemed = { $code } : { $reward } pour { $name }. C'est fait.
staff-used = { $code } a déjà servi { $when }, par { $who }.
staff-used-today = à { $time }
staff-used-before = le { $day } à { $time }
staff-code-over = { $code } n'est plus valable.
staff-code-unknown = { $code } : aucun bon ne porte ce code.
staff-unknown = Personne ici n'a le numéro { $phone }. Pour inviter : INVITER { $phone }.
staff-undone-sale = Annulé. { $name } a maintenant { $held }.
staff-undone-voucher = Annulé. { $name } a de nouveau { $code }, pour { $reward }.
staff-undone-waiting = Annulé. Ce n'est plus en attente de son OUI.
staff-undo-none = Rien à annuler : seule votre dernière saisie s'annule, dans les { $minutes } minutes.
staff-again = { $name } : saisie à l'instant. S'il y a eu un autre achat, renvoyez le message dans une minute.
staff-enough-hour = Déjà { $count } saisies en une heure, le maximum par SMS. Vous pourrez continuer à { $time }.
staff-enough-day = { $name } : { $count } saisies aujourd'hui, le maximum par SMS.
staff-which = Dans quelle boutique ? Renvoyez avec son numéro, par exemple { $example }
staff-how = Équipe : TAMPON et numéro, ACHAT avec numéro et montant, UTILISER et code, ANNULER, ou INVITER et numéro.
staff-invited = Invitation envoyée par SMS : { $phone }. Vos saisies attendent son OUI jusqu'au { $day }.
staff-waits = { $phone } : noté, en attente de son OUI jusqu'au { $day }.
staff-not-invited = Impossible d'inviter { $phone } : demande déjà faite, SMS refusés, ou hors de notre zone.
staff-member = { $name } fait déjà partie du programme, avec { $held }.

## Invitations et changements de numéro

invited = { $shop } : répondez OUI avant le { $day } et recevez { $held }. Inscription et messages réguliers, { $per_month }/mois max. Frais SMS/données possibles. AIDE : info, STOP : désabonner.
merged-away = { $shop } : ce que vous aviez ici est passé sur votre autre téléphone. Envoyez SOLDE depuis celui-ci.
