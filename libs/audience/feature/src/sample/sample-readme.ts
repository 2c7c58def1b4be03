/** What stands in a sample world's folder for whoever opens it. */
export const sampleReadme = `A sample world of Varde
=======================

Everybody in here is invented: common given names with made-up surnames, made-up businesses and
institutions. The mailboxes end in .example, which exists nowhere (RFC 2606). The telephone numbers have
the form of mobile numbers of their country, because the import asks for that; they were counted up,
not taken from anybody, and some will be real people's numbers by chance. So they must never be called
or written to: an installation that has imported this folder (it knows by sample.json) sends to
loopback addresses only, and a production installation refuses it.

Codes and names of counties, regions and municipalities are real and public; the municipalities are a
choice, and no area has a shape. The network, its sites, cells and access nodes are invented.
`;
