import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cryptopro.ECGOST3410NamedCurves;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.GOST3411Digest;
import org.bouncycastle.crypto.digests.GOST3411_2012_256Digest;
import org.bouncycastle.crypto.digests.GOST3411_2012_512Digest;
import org.bouncycastle.crypto.engines.GOST28147Engine;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECGOST3410Signer;

/**
 * The Kazakh GOST algorithms with BouncyCastle's own curves, hashes and signer; the JCE provider does not know their
 * OIDs. Octets are as in Kazakhstan: numbers little-endian, a signature is r, then s.
 */
enum BouncyGost {
  GOST2004("1.2.398.3.10.1.1.1.1", "1.2.398.3.10.1.1.1.2", "GostR3410-2001-CryptoPro-A", 32),
  GOST2015_256("1.2.398.3.10.1.1.2.1", "1.2.398.3.10.1.1.2.3.1", "Tc26-Gost-3410-12-256-paramSetA", 32),
  GOST2015_512("1.2.398.3.10.1.1.2.2", "1.2.398.3.10.1.1.2.3.2", "Tc26-Gost-3410-12-512-paramSetA", 64);

  private static final Map<String, BouncyGost> NAMES =
      Map.of("gost2004", GOST2004, "gost2015-256", GOST2015_256, "gost2015-512", GOST2015_512);

  final String keyOid;
  final String signatureOid;
  private final int size;
  private final ECDomainParameters curve;

  BouncyGost(String keyOid, String signatureOid, String curveName, int size) {
    this.keyOid = keyOid;
    this.signatureOid = signatureOid;
    this.size = size;
    X9ECParameters found = ECGOST3410NamedCurves.getByNameX9(curveName);
    curve = new ECDomainParameters(found.getCurve(), found.getG(), found.getN(), found.getH());
  }

  static BouncyGost named(String name) {
    return NAMES.get(name);
  }

  static BouncyGost ofKey(SubjectPublicKeyInfo key) {
    String oid = key.getAlgorithm().getAlgorithm().getId();
    for (BouncyGost one : values()) if (one.keyOid.equals(oid)) return one;
    throw new IllegalArgumentException("no GOST key: " + oid);
  }

  Digest digest() {
    switch (this) {
      case GOST2004:
        return new GOST3411Digest(GOST28147Engine.getSBox("D-TEST"));
      case GOST2015_256:
        return new GOST3411_2012_256Digest();
      default:
        return new GOST3411_2012_512Digest();
    }
  }

  byte[] hash(byte[] data) {
    Digest digest = digest();
    digest.update(data, 0, data.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }

  byte[] sign(BigInteger d, byte[] data) {
    ECGOST3410Signer signer = new ECGOST3410Signer();
    signer.init(true, new ParametersWithRandom(new ECPrivateKeyParameters(d, curve), new SecureRandom()));
    BigInteger[] numbers = signer.generateSignature(hash(data));
    byte[] signature = new byte[2 * size];
    System.arraycopy(littleEndian(numbers[0]), 0, signature, 0, size);
    System.arraycopy(littleEndian(numbers[1]), 0, signature, size, size);
    return signature;
  }

  boolean verify(SubjectPublicKeyInfo key, byte[] data, byte[] signature) throws Exception {
    if (ofKey(key) != this || signature.length != 2 * size) return false;
    ECGOST3410Signer verifier = new ECGOST3410Signer();
    verifier.init(false, publicKey(key));
    BigInteger r = number(Arrays.copyOf(signature, size));
    BigInteger s = number(Arrays.copyOfRange(signature, size, 2 * size));
    return verifier.verifySignature(hash(data), r, s);
  }

  /** X, then Y of d times the base point. */
  byte[] point(BigInteger d) {
    var point = curve.getG().multiply(d).normalize();
    byte[] octets = new byte[2 * size];
    System.arraycopy(littleEndian(point.getAffineXCoord().toBigInteger()), 0, octets, 0, size);
    System.arraycopy(littleEndian(point.getAffineYCoord().toBigInteger()), 0, octets, size, size);
    return octets;
  }

  private ECPublicKeyParameters publicKey(SubjectPublicKeyInfo key) throws Exception {
    ASN1Sequence parameters = ASN1Sequence.getInstance(key.getAlgorithm().getParameters());
    String set = ASN1ObjectIdentifier.getInstance(parameters.getObjectAt(0)).getId();
    if (!set.equals(keyOid + ".1")) throw new IllegalArgumentException("another curve: " + set);
    byte[] octets = ASN1OctetString.getInstance(key.parsePublicKey()).getOctets();
    BigInteger x = number(Arrays.copyOf(octets, size));
    BigInteger y = number(Arrays.copyOfRange(octets, size, 2 * size));
    return new ECPublicKeyParameters(curve.getCurve().validatePoint(x, y), curve);
  }

  static BigInteger number(byte[] littleEndian) {
    return new BigInteger(1, reversed(littleEndian));
  }

  private byte[] littleEndian(BigInteger number) {
    byte[] octets = reversed(number.toByteArray());
    return Arrays.copyOf(octets, size);
  }

  private static byte[] reversed(byte[] octets) {
    byte[] turned = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) turned[i] = octets[octets.length - 1 - i];
    return turned;
  }
}
