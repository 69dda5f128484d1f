import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.Key;
import java.security.MessageDigestSpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.xml.security.algorithms.JCEMapper;
import org.apache.xml.security.algorithms.SignatureAlgorithm;
import org.apache.xml.security.algorithms.SignatureAlgorithmSpi;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.signature.XMLSignatureException;
import org.apache.xml.security.transforms.Transforms;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.Digest;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** XML signatures by Apache Santuario, whose canonicalisation and processing are its own, with {@link BouncyGost}. */
final class GostXml {
  private static final String DSIG = "http://www.w3.org/2000/09/xmldsig#";
  private static final String UTILITY =
      "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
  private static final String PKIGOVKZ = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:";
  private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
  private static final String C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

  private GostXml() {}

  /** Makes Santuario know the algorithms by their URIs. */
  static void register() throws Exception {
    Security.addProvider(new Digests());
    digest(MORE + "gost34311", "INTEROP-2004");
    digest(PKIGOVKZ + "gostr34112015-256", "INTEROP-2015-256");
    digest(PKIGOVKZ + "gostr34112015-512", "INTEROP-2015-512");
    SignatureAlgorithm.register(signatureUri(BouncyGost.GOST2004), Signature2004.class);
    SignatureAlgorithm.register(signatureUri(BouncyGost.GOST2015_256), Signature256.class);
    SignatureAlgorithm.register(signatureUri(BouncyGost.GOST2015_512), Signature512.class);
  }

  private static void digest(String uri, String name) {
    JCEMapper.register(uri, new JCEMapper.Algorithm("", name, "MessageDigest"));
  }

  private static String signatureUri(BouncyGost algorithm) {
    switch (algorithm) {
      case GOST2004:
        return MORE + "gost34310-gost34311";
      case GOST2015_256:
        return PKIGOVKZ + "gostr34102015-gostr34112015-256";
      default:
        return PKIGOVKZ + "gostr34102015-gostr34112015-512";
    }
  }

  private static String digestUri(BouncyGost algorithm) {
    switch (algorithm) {
      case GOST2004:
        return MORE + "gost34311";
      case GOST2015_256:
        return PKIGOVKZ + "gostr34112015-256";
      default:
        return PKIGOVKZ + "gostr34112015-512";
    }
  }

  /** Checks the last signature of a document with the key of a certificate: the value, and all digests. */
  static boolean verifies(byte[] xml, byte[] certificate) throws Exception {
    Document document = parse(xml);
    NodeList all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (element.hasAttributeNS(UTILITY, "Id")) element.setIdAttributeNS(UTILITY, "Id", true);
    }
    NodeList found = document.getElementsByTagNameNS(DSIG, "Signature");
    XMLSignature signature = new XMLSignature((Element) found.item(found.getLength() - 1), "", true);
    SubjectPublicKeyInfo key = new X509CertificateHolder(certificate).getSubjectPublicKeyInfo();
    return signature.checkSignatureValue(new Public(key.getEncoded()));
  }

  /** Adds an enveloped signature, as Java software in Kazakhstan does: inclusive C14N, base64 in lines. */
  static byte[] sign(BouncyGost algorithm, BigInteger d, byte[] certificate, byte[] xml) throws Exception {
    Document document = parse(xml);
    XMLSignature signature = new XMLSignature(document, "", signatureUri(algorithm), C14N);
    document.getDocumentElement().appendChild(signature.getElement());
    Transforms transforms = new Transforms(document);
    transforms.addTransform(Transforms.TRANSFORM_ENVELOPED_SIGNATURE);
    transforms.addTransform(C14N + "#WithComments");
    signature.addDocument("", transforms, digestUri(algorithm));
    var data = new org.apache.xml.security.keys.content.X509Data(document);
    data.addCertificate(certificate);
    signature.getKeyInfo().add(data);
    signature.sign(new Private(d));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(out));
    return out.toByteArray();
  }

  private static Document parse(byte[] xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
  }

  private static final class Public implements PublicKey {
    private final byte[] spki;

    Public(byte[] spki) {
      this.spki = spki;
    }

    public String getAlgorithm() {
      return "GOST";
    }

    public String getFormat() {
      return "X.509";
    }

    public byte[] getEncoded() {
      return spki.clone();
    }
  }

  private static final class Private implements PrivateKey {
    final transient BigInteger d;

    Private(BigInteger d) {
      this.d = d;
    }

    public String getAlgorithm() {
      return "GOST";
    }

    public String getFormat() {
      return null;
    }

    public byte[] getEncoded() {
      return null;
    }
  }

  /** One signature algorithm; Santuario makes it by its class. */
  private abstract static class Signature extends SignatureAlgorithmSpi {
    private final BouncyGost algorithm;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private Key key;

    Signature(BouncyGost algorithm) {
      this.algorithm = algorithm;
    }

    protected String engineGetURI() {
      return signatureUri(algorithm);
    }

    protected String engineGetJCEAlgorithmString() {
      return "GOST";
    }

    protected String engineGetJCEProviderName() {
      return "BouncyCastle";
    }

    protected void engineUpdate(byte[] octets) {
      data.writeBytes(octets);
    }

    protected void engineUpdate(byte octet) {
      data.write(octet);
    }

    protected void engineUpdate(byte[] octets, int offset, int length) {
      data.write(octets, offset, length);
    }

    protected void engineInitSign(Key given) {
      key = given;
      data.reset();
    }

    protected void engineInitSign(Key given, SecureRandom random) {
      engineInitSign(given);
    }

    protected void engineInitSign(Key given, AlgorithmParameterSpec parameters) {
      engineInitSign(given);
    }

    protected byte[] engineSign() {
      return algorithm.sign(((Private) key).d, data.toByteArray());
    }

    protected void engineInitVerify(Key given) {
      key = given;
      data.reset();
    }

    protected boolean engineVerify(byte[] signature) throws XMLSignatureException {
      try {
        return algorithm.verify(SubjectPublicKeyInfo.getInstance(key.getEncoded()), data.toByteArray(), signature);
      } catch (Exception error) {
        throw new XMLSignatureException(error);
      }
    }

    protected void engineSetParameter(AlgorithmParameterSpec parameters) {}

    protected void engineSetHMACOutputLength(int length) {}
  }

  public static final class Signature2004 extends Signature {
    public Signature2004() {
      super(BouncyGost.GOST2004);
    }
  }

  public static final class Signature256 extends Signature {
    public Signature256() {
      super(BouncyGost.GOST2015_256);
    }
  }

  public static final class Signature512 extends Signature {
    public Signature512() {
      super(BouncyGost.GOST2015_512);
    }
  }

  /** BouncyCastle's hashes under names of our own: its provider has 34.311-95 with another S-box only. */
  private static final class Digests extends Provider {
    Digests() {
      super("interop", "1", "hashes of BouncyCastle");
      put("MessageDigest.INTEROP-2004", Digest2004.class.getName());
      put("MessageDigest.INTEROP-2015-256", Digest256.class.getName());
      put("MessageDigest.INTEROP-2015-512", Digest512.class.getName());
    }
  }

  private abstract static class Hash extends MessageDigestSpi {
    private final Digest digest;

    Hash(BouncyGost algorithm) {
      digest = algorithm.digest();
    }

    protected void engineUpdate(byte octet) {
      digest.update(octet);
    }

    protected void engineUpdate(byte[] octets, int offset, int length) {
      digest.update(octets, offset, length);
    }

    protected byte[] engineDigest() {
      byte[] hash = new byte[digest.getDigestSize()];
      digest.doFinal(hash, 0);
      return hash;
    }

    protected void engineReset() {
      digest.reset();
    }
  }

  public static final class Digest2004 extends Hash {
    public Digest2004() {
      super(BouncyGost.GOST2004);
    }
  }

  public static final class Digest256 extends Hash {
    public Digest256() {
      super(BouncyGost.GOST2015_256);
    }
  }

  public static final class Digest512 extends Hash {
    public Digest512() {
      super(BouncyGost.GOST2015_512);
    }
  }
}
