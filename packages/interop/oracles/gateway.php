<?php
// The gateway as ext-soap sees it: SoapServer reads the WSDL, checks the password and echoes the text of the data.
// Environment: EGW_WSDL, path of the WSDL; EGW_FAULT, name of the fault in it; EGW_PASSWORD.
ini_set('soap.wsdl_cache_enabled', '0');

class SyncChannel
{
    private static function refuse(string $code, string $message): never
    {
        $info = ['errorCode' => $code, 'errorMessage' => $message, 'errorDate' => date('c')];
        // The last argument is the name of the fault in the WSDL: it chooses the element of the detail.
        throw new SoapFault('Server', $message, null, $info, getenv('EGW_FAULT'));
    }

    /** A header with mustUnderstand needs a method of its name. Whether the signature holds is not ext-soap's matter. */
    public function Security($header): void
    {
    }

    public function SendMessage($parameters)
    {
        $info = $parameters->request->requestInfo;
        if ($info->sender->password !== getenv('EGW_PASSWORD')) self::refuse('PHP001', 'wrong password');
        $data = $parameters->request->requestData->data;
        $text = htmlspecialchars($data->text, ENT_XML1 | ENT_QUOTES, 'UTF-8');
        return [
            'response' => [
                'responseInfo' => [
                    'messageId' => $info->messageId,
                    'responseDate' => date('c'),
                    'status' => ['code' => 'SUCCESS', 'message' => 'echo of ' . $info->serviceId],
                ],
                'responseData' => ['data' => new SoapVar("<data><text>$text</text></data>", XSD_ANYXML)],
            ],
        ];
    }
}

$server = new SoapServer(getenv('EGW_WSDL'), ['cache_wsdl' => WSDL_CACHE_NONE, 'encoding' => 'UTF-8']);
$server->setClass(SyncChannel::class);
$server->handle();
