using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Exchange;

/// <summary>Refusals of archives.</summary>
internal static class ArchiveFault
{
    /// <summary>400: the bytes are no whole archive of a space.</summary>
    public static ApiRefusal Broken(string why) => ApiRefusal.Bad(null, $"The archive cannot be taken in: {why}. Nothing was stored. Export the space again, and send the file whole.");

    /// <summary>413: larger than the server takes.</summary>
    public static ApiRefusal TooLarge(string what, long limit) =>
        new(413, new ApiFault(null, $"{what} is larger than {limit} bytes. Nothing was stored. Raise the limit of the server."));
}
