# carenotes as it was built, with those of its libraries that no package brings.
ARG BASE
FROM ${BASE}
COPY program/ /usr/lib/carenotes/
