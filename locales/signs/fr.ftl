# Ce que disent les affiches imprimées, en français.
sign-before = Envoyez
sign-after = au { $number }
sign-scan = ou visez ce code avec votre appareil photo
sign-card = Réunissez { $stamps } tampons : { $reward }.
sign-reward = { $reward } pour { $points }.
sign-welcome = Inscrivez-vous et commencez avec { $points }.
sign-small = En envoyant { $phrase }, vous acceptez de recevoir de { $shop } des messages automatiques récurrents sur vos avantages au numéro utilisé, { $count } par mois au plus. Votre accord n’est pas une condition d’achat. Des frais de messages et de données peuvent s’appliquer. Répondez AIDE pour de l’aide, STOP pour vous désinscrire.
sign-contact = Questions : { $contact }
sign-terms = Conditions et confidentialité : { $terms }
