"""The terms of the Web Annotation context that the tests need.

Terms and their IRIs as the W3C Recommendation "Web Annotation Vocabulary" (23 February 2017,
https://www.w3.org/TR/annotation-vocab/) defines them; the real context is fetched from
http://www.w3.org/ns/anno.jsonld, which tests may not do.
"""

OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"


def link(iri):
    return {"@id": iri, "@type": "@id"}


def word(iri):
    return {"@id": iri, "@type": "@vocab"}


def number(iri):
    return {"@id": iri, "@type": f"{XSD}nonNegativeInteger"}


CONTEXT = {
    "@context": {
        "oa": OA,
        "as": AS,
        "id": "@id",
        "type": "@type",
        "Annotation": f"{OA}Annotation",
        "AnnotationPage": f"{AS}OrderedCollectionPage",
        "SpecificResource": f"{OA}SpecificResource",
        "TextQuoteSelector": f"{OA}TextQuoteSelector",
        "TextPositionSelector": f"{OA}TextPositionSelector",
        "TextualBody": f"{OA}TextualBody",
        "classifying": f"{OA}classifying",
        "identifying": f"{OA}identifying",
        "describing": f"{OA}describing",
        "assessing": f"{OA}assessing",
        "tagging": f"{OA}tagging",
        "body": link(f"{OA}hasBody"),
        "target": link(f"{OA}hasTarget"),
        "source": link(f"{OA}hasSource"),
        "selector": link(f"{OA}hasSelector"),
        "motivation": word(f"{OA}motivatedBy"),
        "purpose": word(f"{OA}hasPurpose"),
        "exact": f"{OA}exact",
        "prefix": f"{OA}prefix",
        "suffix": f"{OA}suffix",
        "start": number(f"{OA}start"),
        "end": number(f"{OA}end"),
        "value": f"{RDF}value",
        "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
    }
}
