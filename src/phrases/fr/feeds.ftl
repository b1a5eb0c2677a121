# Les flux : la page qui les explique, les liens qui y mènent, les mentions qu’ils portent.
feeds-nav = Flux
feeds-heading = Flux
feeds-lead = Les communiqués dans votre lecteur de flux, en texte intégral, dès qu’ils sont publics. Sans inscription ni adresse électronique.
feeds-how = Comment faire
feeds-how-text = Copiez l’une des adresses ci-dessous dans un lecteur de flux : une application, un site ou un logiciel de messagerie qui lit les flux. Il consulte régulièrement cette adresse et vous montre ce qui est nouveau.
feeds-formats = Chaque flux existe en trois formats : Atom, RSS et JSON Feed. Le contenu est le même ; la plupart des lecteurs comprennent les trois.
feeds-any = Chaque liste et chaque recherche de ce site a aussi son flux : le lien se trouve à côté des résultats, et vos choix restent dans l’adresse. Par exemple :
feeds-content = { $count ->
    [one] Un flux contient le dernier communiqué
   *[other] Un flux contient les { $count } derniers communiqués
} en texte intégral, dans la langue du flux ou, à défaut, dans une autre. Les plus anciens se trouvent sur ses pages suivantes.
feeds-changes = Une rectification met le communiqué à jour et précise ce qui a été rectifié. Un communiqué retiré reste présent, avec la mention de son retrait et le motif.
feeds-by-source = Par source
feeds-everything = Tous les communiqués
feeds-named = { $format } : { $name }
feeds-of-list = Suivre ces communiqués par flux
feeds-of-institution = Suivre cette institution par flux
feeds-withdrawn-title = Retiré : { $title }
