<?php
// A client that ext-soap makes from a WSDL of the asynchronous channel calls one operation and prints JSON: `answer`, or
// `fault` with the name of the element in the detail. Arguments: WSDL ADDRESS OPERATION REQUEST, the last one JSON, where
// {"$text": …} is data with one element. ADDRESS empty: the one in the WSDL.
[, $wsdl, $address, $operation, $request] = $argv;

function withData(mixed $fields): mixed
{
    if (!is_array($fields)) return $fields;
    if (!isset($fields['$text'])) return array_map('withData', $fields);
    $escaped = htmlspecialchars($fields['$text'], ENT_XML1 | ENT_QUOTES, 'UTF-8');
    return new SoapVar("<data><text>$escaped</text></data>", XSD_ANYXML);
}

$client = new SoapClient($wsdl, [
    'cache_wsdl' => WSDL_CACHE_NONE,
    'encoding' => 'UTF-8',
    'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
] + ($address === '' ? [] : ['location' => $address]));
try {
    $answer = $client->__soapCall($operation, [['request' => withData(json_decode($request, true))]]);
    echo json_encode(['answer' => $answer->response]);
} catch (SoapFault $fault) {
    $detail = (array) ($fault->detail ?? []);
    echo json_encode(['fault' => ['element' => key($detail), 'info' => current($detail), 'code' => $fault->faultcode]]);
}
