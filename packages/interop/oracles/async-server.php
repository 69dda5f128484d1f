<?php
// Both sides of the asynchronous channel as ext-soap sees them: SoapServer reads the WSDL. EGW_SIDE `gateway`: takes
// messages, answers each REQUEST with a RESPONSE of the same text, and hands out what is not confirmed. EGW_SIDE `client`:
// takes pushes and changes of statuses. Environment: EGW_WSDL, path of the WSDL; EGW_STATE, a file of its own; EGW_PASSWORD.
ini_set('soap.wsdl_cache_enabled', '0');

const SESSION = '{7f4b1a52-7c0e-4c8e-9d29-3b7b5f1f6d11}';

/** What both sides need: a memory that outlives the request, and faults. */
abstract class Side
{
    protected array $state;

    public function __construct()
    {
        $this->state = json_decode(@file_get_contents(getenv('EGW_STATE')) ?: '[]', true);
    }

    protected function keep(string $key, array $value): void
    {
        $this->state[$key] = $value;
        file_put_contents(getenv('EGW_STATE'), json_encode($this->state));
    }

    protected function refuse(string $operation, string $code): never
    {
        $info = ['errorCode' => $code, 'errorMessage' => "refused: $operation", 'errorDate' => date('c')];
        // The last argument is the name of the fault in the WSDL: it chooses the element of the detail.
        throw new SoapFault('Server', "refused: $operation", null, $info, $operation . 'Fault');
    }

    /** A header with mustUnderstand needs a method of its name. Whether the signature holds is not ext-soap's matter. */
    public function Security($header): void
    {
    }
}

class Gateway extends Side
{
    public function sendMessage($parameters)
    {
        ['messageInfo' => $info, 'messageData' => $data] = (array) $parameters->request;
        $this->check($info->sender, 'sendMessage');
        $id = (string) (count($this->state) + 1);
        $chain = $info->correlationId ?? "chain-$id";
        $message = ['messageId' => $id, 'correlationId' => $chain, 'messageType' => $info->messageType];
        $this->keep($id, $message + ['serviceId' => $info->serviceId, 'text' => $data->data->text, 'state' => 'DELIVERED']);
        if ($info->messageType === 'REQUEST') {
            $answer = ['messageId' => "$id-a", 'messageType' => 'RESPONSE', 'state' => 'ON_DELIVERY'];
            $this->keep("$id-a", $answer + $this->state[$id]);
        }
        $answer = ['messageId' => $id, 'correlationId' => $chain, 'responseDate' => date('c'), 'sessionId' => SESSION];
        return ['response' => $answer];
    }

    public function getMessageStatus($parameters)
    {
        $this->check($parameters->request->sender, 'getMessageStatus');
        $message = $this->state[$parameters->request->messageId] ?? $this->refuse('getMessageStatus', 'PHP002');
        $status = ['statusCode' => 'PHP', 'statusMessage' => 'of PHP', 'statusDate' => date('c')];
        return ['response' => ['messageState' => $message['state'], 'status' => $status, 'responseDate' => date('c')]];
    }

    public function getMessages($parameters)
    {
        $this->check($parameters->request->sender, 'getMessages');
        $waiting = array_filter($this->state, fn ($message) => $message['state'] === 'ON_DELIVERY');
        $messages = array_map(fn ($message) => [
            'messageInfo' => $message + ['messageDate' => date('c'), 'sender' => ['senderId' => 'php'], 'sessionId' => SESSION],
            'messageData' => ['data' => $this->data($message['text'])],
        ], array_values($waiting));
        return ['response' => ['responseDate' => date('c'), 'sessionId' => SESSION, 'messages' => $messages]];
    }

    public function sendDeliveryNotification($parameters)
    {
        $this->check($parameters->request->sender, 'sendDeliveryNotification');
        $notification = $parameters->request->notification;
        $message = $this->state[$notification->messageId] ?? $this->refuse('sendDeliveryNotification', 'PHP002');
        $isAccepted = $notification->deliveryStatus->receiveStatus === 'MESSAGE_ACCEPTED';
        if ($isAccepted) $this->keep($notification->messageId, ['state' => 'DELIVERED'] + $message);
        $answer = ['notificationId' => "n-{$notification->messageId}", 'responseDate' => date('c'), 'sessionId' => SESSION];
        return ['response' => $answer];
    }

    private function check($sender, string $operation): void
    {
        if ($sender->password !== getenv('EGW_PASSWORD')) $this->refuse($operation, 'PHP001');
    }

    private function data(string $text): SoapVar
    {
        $escaped = htmlspecialchars($text, ENT_XML1 | ENT_QUOTES, 'UTF-8');
        return new SoapVar("<data><text>$escaped</text></data>", XSD_ANYXML);
    }
}

class Client extends Side
{
    public function sendMessage($parameters)
    {
        ['messageInfo' => $info, 'messageData' => $data] = (array) $parameters->request;
        if ($info->serviceId === 'EXAMPLE_REFUSED') $this->refuse('sendMessage', 'PHP003');
        $this->keep($info->messageId, ['messageType' => $info->messageType, 'text' => $data->data->text]);
        $answer = ['messageId' => $info->messageId, 'correlationId' => $info->correlationId, 'responseDate' => date('c')];
        return ['response' => $answer + ['sessionId' => $info->sessionId]];
    }

    public function changeMassageStatusNotification($parameters)
    {
        $notification = $parameters->request->notification;
        $this->keep($notification->notificationId, ['of' => $notification->messageId, 'state' => $notification->messageState]);
        return ['response' => ['responseDate' => date('c'), 'sessionId' => $parameters->request->sessionId ?? SESSION]];
    }
}

$server = new SoapServer(getenv('EGW_WSDL'), ['cache_wsdl' => WSDL_CACHE_NONE, 'encoding' => 'UTF-8']);
$server->setClass(getenv('EGW_SIDE') === 'client' ? Client::class : Gateway::class);
$server->handle();
