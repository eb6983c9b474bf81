namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>Errors of cells as binary workbooks number them.</summary>
internal static class ErrorName
{
    /// <summary>The error as a person sees it.</summary>
    public static string Of(byte code) => code switch
    {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#ERROR!",
    };
}
