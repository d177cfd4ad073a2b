/** What went wrong: a title that says what happened, and advice with the likeliest causes in order. */
export const failure = {
  mixedContent: {
    title: 'The browser does not open ws:// from an https page',
    advice:
      '{place} was not contacted. Use wss:// and the TLS port of the broker (often 8084 or 443), or open MQTab over http.',
  },
  badUrl: {
    title: 'No browser can open this address',
    advice: 'Check Host, Port and Path of “{url}”.',
  },
  otherServer: 'It names: “{reference}”.',
  blockedPort: {
    title: 'No browser opens port {port}',
    advice:
      '{place} was not contacted: browsers keep web pages away from ports of other services, whatever listens there. Use another port of the broker, often 8083 or 9001 for ws://, 8084 or 443 for wss://.',
  },
  blockedByPolicy: {
    title: 'This site does not allow a connection to {place}',
    advice:
      'The Content-Security-Policy that the site was delivered with leaves this address out, so the browser did not contact it. Whoever hosts MQTab can add it to connect-src.',
  },
  noSubprotocol: {
    title: '{place} does not speak the WebSocket subprotocol “{subprotocol}”',
    advice:
      'Something there opens a WebSocket, but not one for MQTT. Likeliest first: a proxy in between leaves the header Sec-WebSocket-Protocol out; the path belongs to another service; it is a broker that does not name its protocol.',
  },
  unreachable: {
    title: 'Could not reach {place}',
    causes: 'The browser does not say why. Likeliest first: {causes}.',
    otherwise: 'If that is not it: {causes}.',
    plain:
      'nothing listens at port {port}; {path}; this port wants wss://; the server does not speak MQTT over WebSocket',
    secure:
      'nothing listens at port {port}; its certificate is not trusted (open {origin} in a tab and accept it once); {path}; this port wants ws://',
    path: 'the broker’s path is not “{path}”',
    unusualPath: 'the broker’s path is not “{path}” (often it is /mqtt)',
    slow: 'It took {seconds} s, as it does when a firewall swallows the packets.',
  },
  http: {
    title: '{place} answers, but not as a broker (HTTP {status})',
    page: 'At the path “{path}” stands a page of this site. Check the Path; often it is /mqtt.',
    nothing: 'This site has nothing at the path “{path}”. Check the Path; often it is /mqtt.',
    forbidden:
      'This site does not let the browser in at the path “{path}”: it may want you to log in, or not allow this page’s origin.',
    upgrade:
      'Something at the path “{path}” asks for a WebSocket and did not get one. Likeliest first: a proxy does not pass on the headers Upgrade and Connection; the broker does not allow this page’s origin.',
    gateway:
      'This site passes “{path}” on to a broker that does not answer. Likeliest first: the broker is down; it listens at another address or port than the one in the site’s settings.',
    redirect: 'This site leads from “{path}” to another address, where no WebSocket can follow.',
    other: 'At the path “{path}” this site answers with an error.',
  },
  /** After the names that Chromium has for them in a site's settings. */
  withheld: {
    loopback: {
      prompt:
        'Likely the browser keeps MQTab, as a page from the internet, away from this computer until you allow it: click on “Ask the browser” and then Allow.',
      denied:
        'Likely the browser keeps MQTab, as a page from the internet, away from this computer, because it was not allowed. Open the settings of this site left of the address, and set “Apps on device” (“Local network access” in older versions) to Allow.',
      insecure:
        'Likely the browser keeps MQTab, as a page that comes from the internet over http, away from this computer. Open MQTab over https.',
    },
    local: {
      prompt:
        'Likely the browser keeps MQTab, as a page from the internet, away from the local network until you allow it: click on “Ask the browser” and then Allow.',
      denied:
        'Likely the browser keeps MQTab, as a page from the internet, away from the local network, because it was not allowed. Open the settings of this site left of the address, and set “Local network” (“Local network access” in older versions) to Allow.',
      insecure:
        'Likely the browser keeps MQTab, as a page that comes from the internet over http, away from the local network. Open MQTab over https.',
    },
  },
  tcpPort:
    'Port {port} is for MQTT over TCP, which no browser can speak. Use the broker’s WebSocket port: often 8083 or 9001 for ws://, 8084 or 443 for wss://.',
  openTimeout: {
    title: '{place} did not answer within {timeout} s',
    advice:
      'Likeliest first: a firewall swallows the packets; the machine is off or has another address; the network is slow, and a longer Connect Timeout helps.',
  },
  closedBeforeConnack: {
    title: '{place} hung up before MQTT began',
    advice:
      'Something there speaks WebSocket. Likeliest first: it is a broker without the chosen MQTT Version (try another one); the path belongs to another service; it turns this client away without saying why.',
  },
  connackTimeout: {
    title: '{place} opened, but did not answer as a broker within {timeout} s',
    advice:
      'Likeliest first: the path or port belongs to another service; the broker is overloaded, and a longer Connect Timeout helps.',
  },
  refused: 'The broker refused: {reason}',
  serverDisconnect: {
    title: 'The broker ended the connection: {reason}',
    plain: 'The broker ended the connection',
  },
  connectionLost: {
    title: 'The connection was lost',
    cut: 'Likeliest first: the network went away; the broker stopped; a proxy cut a connection that was idle for longer than it allows (a shorter Keep Alive helps); another client uses the same Client ID.',
    idle: 'It was cut after {seconds} s in which nothing passed, the longest silence of this connection. Likeliest first: a proxy or firewall in between cuts links that are idle for so long (a Keep Alive of {keepAlive} s or less prevents it); the network went away; the broker stopped.',
    closed: 'The broker, or a proxy in front of it, closed it.',
  },
  closedAfterConnack: {
    title: 'The broker accepts this client and cuts it off, again and again',
    advice:
      'It did so {times} times in a row, the last time after {seconds} s. Likeliest first: another tab, tool or device has the same Client ID, and the two throw each other out (each client needs an id of its own); a subscription, a message or something else that this client sends is not allowed, and the broker says so only by closing; a proxy cuts each connection. MQTab does not connect again by itself, since the other client would be cut off each time.',
  },
  close: {
    code: 'WebSocket code {code}: {meaning}.',
    reason: 'WebSocket code {code}: {meaning} (“{text}”).',
    '1000': 'closed on purpose',
    '1001': 'the server is going away',
    '1002': 'the server saw a fault in the WebSocket protocol',
    '1003': 'the server does not take this kind of data',
    '1005': 'closed without a code',
    '1006': 'cut off without a goodbye',
    '1007': 'the server could not read the data',
    '1008': 'against the server’s policy',
    '1009': 'a message was too big',
    '1010': 'an extension is missing',
    '1011': 'the server had an error',
    '1012': 'the server is restarting',
    '1013': 'the server is overloaded',
    '1014': 'the proxy got no proper answer from the broker',
    '1015': 'TLS failed',
    '3000': 'not authorized',
    '3003': 'forbidden',
    '3008': 'the server waited too long',
    own: 'a code of the server’s own',
    unknown: 'an unknown code',
  },
  keepAliveTimeout: {
    title: 'The broker stopped answering',
    advice:
      'A ping got no answer within the Keep Alive ({keepAlive} s). Likeliest first: the network went away; the computer slept; the broker or a proxy hangs.',
  },
  protocolError: {
    title: 'The server sent something that is not MQTT',
    advice:
      'What was wrong: {detail}. Likeliest first: the path or port belongs to another service; something in between changes the data; the broker has a fault.',
  },
  authExchange: {
    title: 'The broker wants a conversation to authenticate',
    advice:
      'The Authentication Method “{method}” takes several steps that MQTab does not know. It knows those of {known}. Use one of these, or leave the field empty to use Username and Password.',
  },
  authInsecure: {
    title: 'The browser does not do {method} on this page',
    advice:
      'The broker was not contacted. SCRAM needs a secure context: open MQTab over https or on localhost. Or leave Authentication Method empty, if the broker takes the password itself.',
  },
  authMessage: {
    title: 'The exchange of SCRAM with the broker went wrong',
    malformed: 'Its first message cannot be read.',
    nonce:
      'Its first message does not continue what MQTab began, so it may be a copy of an old one.',
    iterations: 'It asks for a number of iterations that is not from 1 to 10,000,000.',
    extension: 'It asks for an extension of SCRAM that MQTab does not know.',
    advice:
      'Nothing of the password was sent. Likeliest first: the broker has a fault; something in between changes the data, or plays the broker.',
  },
  authUnproven: {
    title: 'The server did not prove that it knows the password',
    advice:
      'It accepted this client all the same, so MQTab has left. Likeliest first: this is not the broker that you think it is; it takes every user without a look; it has a fault. The password itself was not sent.',
  },
  dropped: {
    title: 'Dropped without a DISCONNECT',
    advice:
      'As you asked: to the broker this looks like a lost network, so it publishes the Last Will, if there is one. Nothing reconnects by itself.',
  },
  unexpected: {
    title: 'Something unexpected happened',
    advice: 'MQTab did not foresee this: “{detail}”. Reloading the page may help.',
  },
  storage: {
    profiles: 'The connection could not be saved',
    subscriptions: 'The subscription could not be saved',
    drafts: 'What you typed could not be saved',
    settings: 'The settings could not be saved',
    log: 'Messages could not be stored',
    quota:
      'The space that this browser gives to the site is used up, or the disk is full. Clear the messages of a connection, or make room on the disk.',
    unavailable:
      'The browser gives no access to its storage now, as in some private windows or when site data is blocked.',
    newer: 'A newer MQTab, in another tab, has changed the storage. Reload this page.',
    other: 'The browser reports: {detail}.',
    logGoesOn: 'Receiving goes on; what cannot be stored is counted under Dropped.',
  },
  unsubscribeRefused: {
    title: 'The broker refused to end the subscription {filter}: {reason}',
    advice:
      'What it still sends is listed under “Without a subscription”. MQTab asks again with the next connection.',
  },
  notConnected: {
    title: 'Not connected, so nothing was sent',
    advice: 'The message is still here. Connect, then publish it again.',
  },
  packetTooLarge: {
    title: 'Too large for this broker, so nothing was sent',
    advice: 'The packet has {size} bytes; the broker takes at most {maximum}.',
  },
  qosNotSupported: {
    title: 'This broker does not take that QoS, so nothing was sent',
    advice: 'Its highest is QoS {maximum}.',
  },
  retainNotSupported: {
    title: 'This broker keeps no retained messages, so nothing was sent',
    advice: 'Publish it without Retain.',
  },
  topicAliasTooLarge: {
    title: 'This broker does not take that Topic Alias, so nothing was sent',
    advice: 'Its highest is {maximum}; 0 means that it takes none.',
  },
  publishFailed: {
    title: 'The message could not be sent',
    advice: 'What went wrong: {detail}. The message is still here.',
  },
} as const
