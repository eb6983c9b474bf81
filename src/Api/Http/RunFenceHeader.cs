using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Flatfile.Api;

/// <summary>
/// The header <c>X-Flatfile-Run-Fence</c>: with each change a run of a job asks for it says which job, and the number of the run. A server that
/// knows it answers with the same header, and refuses a change of an older run than the newest it has seen.
/// </summary>
/// <remarks>Flatfile's cloud does not know it: the header is then without effect, and no answer carries it.</remarks>
public static class RunFenceHeader
{
    /// <summary>The name of the header.</summary>
    public const string Name = "X-Flatfile-Run-Fence";

    /// <summary>Answered with a change that passed the fence.</summary>
    public const string Honoured = "honoured";

    /// <summary>Answered with 409: a newer run of the job has begun.</summary>
    public const string Older = "older";

    /// <summary>Answered with 409: the job has ended.</summary>
    public const string Ended = "ended";

    /// <summary>Answered with 409: there is no such job any more.</summary>
    public const string Gone = "gone";

    /// <summary>The value, such as <c>us_jb_1:1732690000123</c>.</summary>
    public static string Write(string jobId, long number) => string.Create(CultureInfo.InvariantCulture, $"{jobId}:{number}");

    /// <summary>Reads a value; false when it is none.</summary>
    public static bool TryRead(string? value, [NotNullWhen(true)] out string? jobId, out long number)
    {
        (jobId, number) = (null, 0);
        var colon = value?.LastIndexOf(':') ?? -1;
        if (colon < 1 || !long.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number) || number < 1)
        {
            return false;
        }

        jobId = value![..colon];
        return true;
    }
}
