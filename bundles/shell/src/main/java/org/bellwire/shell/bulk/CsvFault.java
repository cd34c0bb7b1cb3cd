package org.bellwire.shell.bulk;

/**
 * What is wrong in a list, and where.
 *
 * @param line from 1; 0: the whole list
 * @param column from 1; 0: the whole line
 * @param name the column's
 */
public record CsvFault(long line, int column, String name, String what) {

    static CsvFault ofFile(String what) {
        return new CsvFault(0, 0, "", what);
    }

    static CsvFault ofLine(long line, String what) {
        return new CsvFault(line, 0, "", what);
    }

    /** For people: {@code line 7, column 3 (mac): must be …}. */
    public String text() {
        String where =
                line == 0 ? "" : "line " + line + (column == 0 ? "" : ", column " + column + " (" + name + ")") + ": ";
        return where + what;
    }
}
