import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.Security;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilderProvider;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;

/**
 * BouncyCastle, alone and below Santuario, behind a line protocol: one request a line, fields separated by tabs, octets
 * in base64.
 *
 * <p>Requests: {@code hash NAME DATA}, {@code sign NAME D DATA}, {@code verify NAME SPKI DATA SIGNATURE}, {@code point
 * NAME D}, {@code issued CERTIFICATE ISSUER}, {@code pkcs12 FILE PASSWORD}, {@code keystore FILE PASSWORD}, {@code
 * xml-verify XML CERTIFICATE}, {@code xml-sign NAME D CERTIFICATE XML}. NAME is that of an algorithm, D is little-endian.
 */
public final class GostOracle {
  private GostOracle() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Security.addProvider(new BouncyCastleProvider());
    org.apache.xml.security.Init.init();
    GostXml.register();
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      String answer;
      try {
        answer = "ok\t" + answer(line.split("\t", -1));
      } catch (Throwable error) {
        answer = "no\t" + error.toString().replaceAll("\\s+", " ");
      }
      answers.println(answer);
      answers.flush();
    }
  }

  private static String answer(String[] fields) throws Exception {
    switch (fields[0]) {
      case "hash":
        return encode(BouncyGost.named(fields[1]).hash(decode(fields[2])));
      case "sign":
        return encode(BouncyGost.named(fields[1]).sign(BouncyGost.number(decode(fields[2])), decode(fields[3])));
      case "verify":
        return require(
            BouncyGost.named(fields[1])
                .verify(SubjectPublicKeyInfo.getInstance(decode(fields[2])), decode(fields[3]), decode(fields[4])));
      case "point":
        return encode(BouncyGost.named(fields[1]).point(BouncyGost.number(decode(fields[2]))));
      case "issued":
        return require(issued(decode(fields[1]), decode(fields[2])));
      case "pkcs12":
        return pkcs12(decode(fields[1]), fields[2].toCharArray());
      case "keystore":
        return keystore(decode(fields[1]), fields[2].toCharArray());
      case "xml-verify":
        return require(GostXml.verifies(decode(fields[1]), decode(fields[2])));
      case "xml-sign":
        BigInteger d = BouncyGost.number(decode(fields[2]));
        return encode(GostXml.sign(BouncyGost.named(fields[1]), d, decode(fields[3]), decode(fields[4])));
      default:
        throw new IllegalArgumentException("unknown request " + fields[0]);
    }
  }

  /** Whether the GOST key of one certificate has signed the other. */
  private static boolean issued(byte[] certificate, byte[] issuer) throws Exception {
    X509CertificateHolder child = new X509CertificateHolder(certificate);
    SubjectPublicKeyInfo key = new X509CertificateHolder(issuer).getSubjectPublicKeyInfo();
    BouncyGost algorithm = BouncyGost.ofKey(key);
    String named = child.getSignatureAlgorithm().getAlgorithm().getId();
    if (!named.equals(algorithm.signatureOid)) throw new SecurityException("signed with " + named);
    byte[] signed = child.toASN1Structure().getTBSCertificate().getEncoded();
    return algorithm.verify(key, signed, child.getSignature());
  }

  /** Checks the MAC, decrypts everything and gives the private keys and certificates. */
  private static String pkcs12(byte[] file, char[] password) throws Exception {
    PKCS12PfxPdu container = new PKCS12PfxPdu(file);
    if (!container.isMacValid(new JcePKCS12MacCalculatorBuilderProvider().setProvider("BC"), password)) {
      throw new SecurityException("the MAC does not fit");
    }
    var decryptor = new JcePKCSPBEInputDecryptorProviderBuilder().setProvider("BC").build(password);
    List<String> keys = new ArrayList<>();
    List<String> certificates = new ArrayList<>();
    for (ContentInfo info : container.getContentInfos()) {
      boolean isEncrypted = info.getContentType().equals(PKCSObjectIdentifiers.encryptedData);
      var bags = isEncrypted ? new PKCS12SafeBagFactory(info, decryptor) : new PKCS12SafeBagFactory(info);
      for (PKCS12SafeBag bag : bags.getSafeBags()) {
        Object value = bag.getBagValue();
        if (value instanceof PKCS8EncryptedPrivateKeyInfo) {
          keys.add(encode(((PKCS8EncryptedPrivateKeyInfo) value).decryptPrivateKeyInfo(decryptor).getEncoded()));
        } else if (value instanceof X509CertificateHolder) {
          certificates.add(encode(((X509CertificateHolder) value).getEncoded()));
        }
      }
    }
    return String.join(",", keys) + " " + String.join(",", certificates);
  }

  private static String keystore(byte[] file, char[] password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12", "BC");
    store.load(new ByteArrayInputStream(file), password);
    return String.valueOf(store.size());
  }

  private static String require(boolean holds) {
    if (!holds) throw new SecurityException("it does not hold");
    return "true";
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
