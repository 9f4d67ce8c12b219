"""What happened: the contracts between sources and everything that reads them.

Read in this order: ``errors``, ``personal``, ``identity``, ``envelope``; then the event types, ``contributions``,
``people``, ``roles``, ``mentoring``, ``community``, ``published``, gathered in ``catalog``; then how
they travel, ``topics``, ``versions``, ``codec``, ``fast_contribution``, ``keys``; then ``pseudonyms``, which
stand in for people at the edge, and ``asyncapi`` and ``schema_documents``, which tell all this to other programs.
``sources/`` holds one pure translator for each foreign format.
"""
