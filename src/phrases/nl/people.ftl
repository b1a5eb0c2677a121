# Who works here.
people-title = Mensen
people-invite = Iemand uitnodigen
people-find = Naam of adres
people-filter = Filteren
people-role = Rol
people-institution = Instelling
people-institution-none = Geen
people-all-roles = Alle rollen
people-all-institutions = Alle instellingen
people-none = Niemand beantwoordt hieraan.
people-more = Verder
people-state-open = actief
people-state-invited = uitgenodigd
people-state-closed = gesloten
people-second-factor = tweede factor
people-send = Uitnodiging versturen
people-invite-lead = Die persoon krijgt een e-mail met een link die één keer werkt, binnen zeven dagen, en kiest daar een wachtwoord.
people-standing = Naam, rol, instelling
people-standing-hint = Een andere rol of instelling geldt meteen en beëindigt de sessies.
people-access = Toegang
people-close = Account sluiten
people-close-hint = De sessies eindigen meteen. Wat die persoon schreef, blijft.
people-open = Account heropenen
people-invite-again = Uitnodiging opnieuw versturen
people-reset-second-factor = Authenticatie-app verwijderen
people-reset-second-factor-hint = Voor wie telefoon en herstelcodes kwijt is. Ga na of die persoon het werkelijk zelf vraagt.
people-done-invited = De uitnodiging is onderweg.
people-done-saved = Opgeslagen. De persoon krijgt bericht per e-mail.
people-own = Dit is uw eigen account: iemand anders moet de rol ervan wijzigen.
people-journal = Wat deze persoon deed
people-error-taken = Dit adres heeft al een account.
people-error-role = Kies een rol uit de lijst.
people-error-institution = Kies de instelling waarvoor deze persoon spreekt.
people-error-not-yours = U kunt deze rol in deze instelling niet toekennen.
people-errors = { $count ->
    [one] Eén antwoord moet verbeterd worden
   *[other] { $count } antwoorden moeten verbeterd worden
}
