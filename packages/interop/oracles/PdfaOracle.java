import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/**
 * Apache PDFBox Preflight, one line a file: the path comes in, "valid" or the codes of its errors go out. A file that it
 * cannot even read is invalid.
 */
public final class PdfaOracle {
  private PdfaOracle() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // Whatever the libraries print themselves must not get between the answers.
    System.setOut(System.err);
    var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String path = requests.readLine(); path != null; path = requests.readLine()) {
      try {
        answers.println("ok\t" + judge(new File(path)));
      } catch (Exception | StackOverflowError reason) {
        answers.println("ok\tunreadable " + reason.getClass().getSimpleName());
      }
    }
  }

  private static String judge(File file) throws Exception {
    ValidationResult result;
    try {
      PreflightParser parser = new PreflightParser(file);
      parser.parse();
      try (PreflightDocument document = parser.getPreflightDocument()) {
        document.validate();
        result = document.getResult();
      }
    } catch (SyntaxValidationException reason) {
      result = reason.getResult();
    }
    if (result.isValid()) return "valid";
    var codes = new TreeSet<String>();
    for (var error : result.getErrorsList()) codes.add(error.getErrorCode());
    return "invalid " + String.join(",", codes);
  }
}
