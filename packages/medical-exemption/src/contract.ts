/** Namespace of the types of the service. */
export const namespace = 'http://ehealth.kz/integration/sync';

/** Table 1 of the service's description: the search parameters. */
export const requestClause = 'EHEALTH_MEDICAL_EXEMPTION_SEARCH, Приложение 1, таблица 1; Приложение 2';

/** The schema in the service's description. */
export const responseClause = 'EHEALTH_MEDICAL_EXEMPTION_SEARCH, Приложение 2';
