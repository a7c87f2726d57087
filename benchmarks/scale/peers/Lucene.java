// Lucene with its own BM25: what benchmarks/scale/peers/__main__.py does for the engines that Python can call.
// java -cp JARS Lucene.java version | build PASSAGES FOLDER | ask FOLDER QUESTIONS SECONDS

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

class Lucene {
    static final int TOP = 10, WARM_UP = 200;
    static final double BUFFER_MEGABYTES = 256, WARM_UP_SECONDS = 10;

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "version" -> tell("{\"version\": \"" + Version.LATEST + ", Java "
                    + Runtime.version().feature() + "\"}");
            case "build" -> build(Path.of(arguments[1]), Path.of(arguments[2]));
            case "ask" -> ask(Path.of(arguments[1]), Path.of(arguments[2]), Double.parseDouble(arguments[3]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    static void build(Path passages, Path folder) throws IOException {
        long began = System.nanoTime();
        FieldType words = new FieldType();
        words.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        words.setTokenized(true);
        words.freeze();
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
        config.setRAMBufferSizeMB(BUFFER_MEGABYTES);
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config);
                BufferedReader lines = Files.newBufferedReader(passages)) {
            long number = 0;
            for (String line; (line = lines.readLine()) != null; number++) {
                Document document = new Document();
                document.add(new Field("words", line, words));
                document.add(new NumericDocValuesField("number", number));
                writer.addDocument(document);
            }
            writer.commit();
        }
        tell("{\"seconds\": " + (System.nanoTime() - began) / 1e9 + "}");
    }

    static void ask(Path folder, Path file, double seconds) throws IOException {
        List<String> questions = Files.readAllLines(file);
        long began = System.nanoTime();
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(folder)));
        search(searcher, questions.get(0));
        double opened = (System.nanoTime() - began) / 1e9;
        for (String question : questions.subList(1, WARM_UP)) {
            search(searcher, question);
            if (System.nanoTime() - began > WARM_UP_SECONDS * 1e9) {
                break;
            }
        }
        List<String> times = new ArrayList<>(), found = new ArrayList<>();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (String question : questions.subList(WARM_UP, questions.size())) {
            long start = System.nanoTime();
            List<Long> numbers = search(searcher, question);
            long now = System.nanoTime();
            times.add(Double.toString((now - start) / 1e6));
            found.add(numbers.toString());
            if (now > end) {
                break;
            }
        }
        tell("{\"open\": " + opened + ", \"times\": " + times + ", \"found\": " + found + "}");
    }

    static List<Long> search(IndexSearcher searcher, String terms) throws IOException {
        BooleanQuery.Builder anyOf = new BooleanQuery.Builder();
        for (String term : terms.split(" ")) {
            anyOf.add(new TermQuery(new Term("words", term)), BooleanClause.Occur.SHOULD);
        }
        List<Long> numbers = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(anyOf.build(), TOP).scoreDocs) {
            List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
            NumericDocValues values = leaf.reader().getNumericDocValues("number");
            values.advanceExact(hit.doc - leaf.docBase);
            numbers.add(values.longValue());
        }
        return numbers;
    }

    static void tell(String result) throws IOException {
        System.out.println(result);
        System.out.flush();
        while (System.in.read() >= 0) {}
    }
}
