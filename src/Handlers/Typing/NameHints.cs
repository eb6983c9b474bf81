using System.Collections.Frozen;
using Flatfile.Agent.Handlers.Automap;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>What a column's name says of its values, where these leave it open. A hint never overrules a value.</summary>
internal sealed class NameHints
{
    private static readonly FrozenSet<string> Ids = Set(
        "id ids guid uuid code codes zip zipcode postal postcode plz cap cp sku ean upc gtin isbn issn iban bic ssn tin vat ein key ref reference nr no num number numero numéro nummer telefon phone tel fax mobile cell extension account konto kontonummer kundennummer artikelnummer matricule barcode serial imei vin pin");

    private static readonly FrozenSet<string> Dates = Set(
        "date datum fecha data dato date day dob birthday birthdate geburtsdatum birth born since until expires expiry expiration due start end from to valid created updated modified deleted timestamp ts at on hired joined closed opened shipped delivered ordered paid");

    private static readonly FrozenSet<string> Strict = Set("date datum fecha dob birthday birthdate geburtsdatum birth timestamp");

    private static readonly FrozenSet<string> Epochs = Set("timestamp ts epoch time at created updated modified deleted date seen login");

    private static readonly FrozenSet<string> Flags = Set("is has can active enabled flag bool boolean deleted archived verified approved optin subscribed aktiv actif activo");

    private static readonly FrozenSet<string> Phones = Set("phone tel telephone telefon telefono téléphone mobile cell handy fax gsm móvil movil mobil portable");

    private readonly IReadOnlyList<string> _words;

    public NameHints(string name) => _words = NameWords.Of(name);

    /// <summary>The name's last word names codes or numbers of things.</summary>
    public bool IsId => _words.Count > 0 && (Ids.Contains(_words[^1]) || _words.Any(w => w is "zip" or "zipcode" or "postal" or "postcode" or "plz" or "ssn" or "iban" or "isbn" or "ean" or "upc" or "sku"));

    public bool IsDate => _words.Count > 0 && (_words.Any(Strict.Contains) || Dates.Contains(_words[^1]));

    public bool IsBirth => _words.Any(w => w is "birth" or "birthday" or "birthdate" or "dob" or "born" or "geburtsdatum" or "geb");

    public bool IsEpoch => _words.Any(Epochs.Contains);

    public bool IsFlag => _words.Any(Flags.Contains);

    public bool IsPhone => _words.Any(Phones.Contains);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
