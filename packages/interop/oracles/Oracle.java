import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSDataRef;
import org.apache.ws.security.WSSConfig;
import org.apache.ws.security.WSSecurityEngine;
import org.apache.ws.security.WSSecurityEngineResult;
import org.apache.ws.security.components.crypto.Merlin;
import org.apache.ws.security.message.WSSecHeader;
import org.apache.ws.security.message.WSSecSignature;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.signature.XMLSignature;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * WSS4J and Santuario behind a line protocol: one request a line, fields separated by tabs, documents in base64.
 *
 * <p>Arguments: PKCS12 PASSWORD CERTIFICATE... where the certificates are PEM files that WSS4J may trust.
 *
 * <p>Requests: {@code c14n XML INDEX PREFIXES}, {@code santuario XML CERTIFICATE}, {@code wss4j-verify XML}, {@code
 * wss4j-sign STYLE XML}. Answers: {@code ok VALUE} or {@code no REASON}.
 */
public final class Oracle {
  private static final Map<String, Integer> STYLES =
      Map.of(
          "key-identifier", WSConstants.X509_KEY_IDENTIFIER,
          "binary-security-token", WSConstants.BST_DIRECT_REFERENCE,
          "subject-key-identifier", WSConstants.SKI_KEY_IDENTIFIER,
          "issuer-serial", WSConstants.ISSUER_SERIAL,
          "thumbprint", WSConstants.THUMBPRINT_IDENTIFIER);

  private final Merlin crypto = new Merlin();
  private final String alias;
  private final String password;

  private Oracle(String[] arguments) throws Exception {
    password = arguments[1];
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (FileInputStream in = new FileInputStream(arguments[0])) {
      keys.load(in, password.toCharArray());
    }
    String first = null;
    for (String name : java.util.Collections.list(keys.aliases())) if (keys.isKeyEntry(name)) first = name;
    alias = first;
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    for (int i = 2; i < arguments.length; i++) {
      try (FileInputStream in = new FileInputStream(arguments[i])) {
        trust.setCertificateEntry("trusted-" + i, certificate(in.readAllBytes()));
      }
    }
    crypto.setKeyStore(keys);
    crypto.setTrustStore(trust);
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    WSSConfig.init();
    org.apache.xml.security.Init.init();
    Oracle oracle = new Oracle(arguments);
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      String answer;
      try {
        answer = "ok\t" + oracle.answer(line.split("\t", -1));
      } catch (Throwable error) {
        answer = "no\t" + error.toString().replaceAll("\\s+", " ");
      }
      answers.println(answer);
      answers.flush();
    }
  }

  private String answer(String[] fields) throws Exception {
    switch (fields[0]) {
      case "c14n":
        return canonicalize(parse(fields[1]), Integer.parseInt(fields[2]), fields[3]);
      case "santuario":
        return santuario(parse(fields[1]), certificate(decode(fields[2])));
      case "wss4j-verify":
        return verify(parse(fields[1]));
      case "wss4j-sign":
        return sign(fields[1], parse(fields[2]));
      default:
        throw new IllegalArgumentException("unknown request " + fields[0]);
    }
  }

  private static String canonicalize(Document document, int index, String prefixes) throws Exception {
    Element element = (Element) document.getElementsByTagName("*").item(index);
    Canonicalizer method = Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS);
    byte[] bytes =
        prefixes.isEmpty() ? method.canonicalizeSubtree(element) : method.canonicalizeSubtree(element, prefixes);
    return encode(bytes);
  }

  /** Checks the signature value and the digests, with the ids of the whole document known. */
  private static String santuario(Document document, X509Certificate certificate) throws Exception {
    NodeList all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (element.hasAttributeNS(WSConstants.WSU_NS, "Id")) element.setIdAttributeNS(WSConstants.WSU_NS, "Id", true);
    }
    Element header = (Element) document.getElementsByTagNameNS("*", "Security").item(0);
    Element found = (Element) header.getElementsByTagNameNS(WSConstants.SIG_NS, "Signature").item(0);
    XMLSignature signature = new XMLSignature(found, "", true);
    if (!signature.checkSignatureValue(certificate)) throw new SecurityException("the signature does not hold");
    return "true";
  }

  /** The XPath of what was signed, as WSS4J reports it. */
  private String verify(Document document) throws Exception {
    List<String> signed = new ArrayList<>();
    List<WSSecurityEngineResult> results = new WSSecurityEngine().processSecurityHeader(document, null, null, crypto);
    if (results == null) throw new SecurityException("no security header");
    for (WSSecurityEngineResult result : results) {
      List<?> references = (List<?>) result.get(WSSecurityEngineResult.TAG_DATA_REF_URIS);
      if (references == null) continue;
      for (Object reference : references) signed.add(((WSDataRef) reference).getXpath());
    }
    return String.join(" ", signed);
  }

  private String sign(String style, Document document) throws Exception {
    WSSecHeader header = new WSSecHeader();
    header.insertSecurityHeader(document);
    WSSecSignature signature = new WSSecSignature();
    signature.setUserInfo(alias, password);
    signature.setKeyIdentifierType(STYLES.get(style));
    signature.setSignatureAlgorithm("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
    signature.setDigestAlgo("http://www.w3.org/2001/04/xmlenc#sha256");
    signature.setSigCanonicalization("http://www.w3.org/2001/10/xml-exc-c14n#");
    Document signed = signature.build(document, crypto, header);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TransformerFactory.newInstance().newTransformer().transform(new DOMSource(signed), new StreamResult(out));
    return encode(out.toByteArray());
  }

  private static Document parse(String base64) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(decode(base64)));
  }

  private static X509Certificate certificate(byte[] bytes) throws Exception {
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
