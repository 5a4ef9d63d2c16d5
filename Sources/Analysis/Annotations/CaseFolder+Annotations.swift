extension CaseFolder {
    /// Takes over what people said in the case that this one replaces; they are the only ones who could say it again.
    ///
    /// Answers whether there was anything.
    public func keepAnnotations() throws(OutputError) -> Bool {
        try AnnotationFile.copy(from: path, to: staging)
    }
}
