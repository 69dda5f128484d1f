<?php
// A client that ext-soap makes from a WSDL sends one message and prints "STATUS TEXT", or "FAULT CODE".
// Arguments: WSDL_URL SENDER_ID PASSWORD SERVICE_ID TEXT
[, $wsdl, $senderId, $password, $serviceId, $text] = $argv;
$client = new SoapClient($wsdl, ['cache_wsdl' => WSDL_CACHE_NONE, 'encoding' => 'UTF-8', 'exceptions' => true]);
$escaped = htmlspecialchars($text, ENT_XML1 | ENT_QUOTES, 'UTF-8');
try {
    $answer = $client->SendMessage([
        'request' => [
            'requestInfo' => [
                'messageId' => '7f4b1a52-7c0e-4c8e-9d29-3b7b5f1f6d11',
                'serviceId' => $serviceId,
                'messageDate' => date('c'),
                'sender' => ['senderId' => $senderId, 'password' => $password],
            ],
            'requestData' => ['data' => new SoapVar("<data><text>$escaped</text></data>", XSD_ANYXML)],
        ],
    ]);
    echo $answer->response->responseInfo->status->code, ' ', $answer->response->responseData->data->text;
} catch (SoapFault $fault) {
    $detail = $fault->detail->SendMessageFault1_SendMessageFault ?? null;
    echo 'FAULT ', $detail->errorCode ?? $fault->faultcode;
}
