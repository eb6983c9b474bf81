using System.Text;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>How the bytes of a file become text.</summary>
/// <param name="Encoding">Marks bytes it cannot read instead of throwing or replacing them unseen.</param>
/// <param name="Name">As a person knows it.</param>
/// <param name="PreambleLength">Bytes of the byte order mark to skip.</param>
/// <param name="Decided">False when only ASCII was seen, so that later bytes may still decide.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Evidence">Why, as a sentence.</param>
internal sealed record SniffedEncoding(Encoding Encoding, string Name, int PreambleLength, bool Decided, double Confidence = 1, string Evidence = "");
