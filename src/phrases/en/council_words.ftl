# Words of the Council that several pages share.
council-nav-desk = Council
instrument-preliminary-draft-law = preliminary draft law
instrument-draft-law = draft law
instrument-draft-royal-decree = draft royal decree
instrument-royal-decree = royal decree
instrument-ministerial-decree = ministerial decree
instrument-circular = circular
instrument-cooperation-agreement = cooperation agreement
instrument-treaty = treaty
instrument-public-contract = public contract
instrument-appointment = appointment
instrument-note = policy note
instrument-report = report
instrument-other = other
