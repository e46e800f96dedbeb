select nextval('resource_number') as first
