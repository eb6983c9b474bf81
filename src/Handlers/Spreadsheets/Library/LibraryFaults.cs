using ExcelDataReader.Exceptions;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets.Library;

/// <summary>What the library throws, as a message to a person.</summary>
internal static class LibraryFaults
{
    /// <summary>Runs a part of the reading.</summary>
    /// <remarks>Damaged bytes lead the library into faults of every type, so that all of them are taken for damage.</remarks>
    public static T Guard<T>(Func<T> read, bool withPassword)
    {
        try
        {
            return read();
        }
        catch (InvalidPasswordException fault)
        {
            throw new UnreadableFileException(
                withPassword
                    ? "The password given does not open this workbook. Give the right one as the reading option 'password', and read the file again."
                    : "This workbook is protected with a password. Give it as the reading option 'password', or remove the protection in the spreadsheet program and upload the file again.",
                fault);
        }
        catch (HeaderException fault)
        {
            throw new UnreadableFileException(
                "This file is an old Office document but no workbook that can be read: it holds no sheets, or was made by Excel 2 to 4 in a form nobody uses any more. Open it in the program that made it, save it as XLSX, and upload that.", fault);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or UnreadableFileException or OutOfMemoryException))
        {
            throw new UnreadableFileException(
                "This workbook is damaged: its records cannot be read. Open it in a spreadsheet program, save it as XLSX, and upload that; if it does not open there either, get it again from where it came from.", fault);
        }
    }
}
