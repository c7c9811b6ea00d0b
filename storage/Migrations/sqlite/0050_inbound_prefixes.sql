-- An inbound prefix belongs to one tenant of the installation: callers name it before they are known.
CREATE UNIQUE INDEX inbound_prefixes ON tenant_documents (name) WHERE kind = 'inbound_route';
