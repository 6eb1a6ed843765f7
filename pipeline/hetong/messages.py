"""Every sentence the program says about a file or a run, in Chinese and English.

A message is looked up by code and filled with values, so that an error or a problem can travel as data
and be spoken in the reader's language at the edge (terminal, JSON, page).
"""

from __future__ import annotations

from typing import Final, Literal

Lang = Literal["zh", "en"]

MESSAGES: Final[dict[str, dict[Lang, str]]] = {
    "missing-path": {
        "zh": "找不到文件；请检查路径是否写对",
        "en": "no such file; check the path",
    },
    "missing-folder": {
        "zh": "找不到文件夹；请检查路径是否写对",
        "en": "no such folder; check the path",
    },
    "no-corpora": {
        "zh": "这里没有标注合同（安装包不带语料）；请在源码目录中安装运行，或给出语料文件夹",
        "en": "no annotated contracts here (the package brings none); run it from a checkout, or name a folder",
    },
    "empty-file": {
        "zh": "文件是空的（0 字节）；请重新导出或重新下载",
        "en": "the file is empty (0 bytes); export or download it again",
    },
    "unknown-format": {
        "zh": "不支持的文件格式 {suffix}；请另存为 {known} 之一",
        "en": "unsupported format {suffix}; save it as one of {known}",
    },
    "too-large": {
        "zh": "文件过大（{size} MB，上限 {limit} MB）；请拆分后再检查",
        "en": "the file is too large ({size} MB, limit {limit} MB); split it first",
    },
    "unreadable": {
        "zh": "读取时系统报错（{detail}）；请检查路径和权限",
        "en": "the system could not read it ({detail}); check its path and permissions",
    },
    "not-a-file": {
        "zh": "这是文件夹或特殊文件，不是合同文件；请给出文件的路径",
        "en": "this is a folder or a special file, not a contract; give the path of a file",
    },
    "not-text": {
        "zh": "内容不是文本（含二进制数据或无法识别的编码）；请用原来的程序打开，另存为 UTF-8 文本",
        "en": "this is no text (binary data, or an encoding that is not known); save it as UTF-8 text",
    },
    "broken-characters": {
        "zh": "有 {count} 处字符已损坏，显示为 �；请核对原文件",
        "en": "{count} characters are broken and shown as �; check the original file",
    },
    "word-no-zip": {
        "zh": "不是有效的 Word 文档，或文件不完整；请用 Word 或 WPS 打开，另存为 .docx，或重新下载",
        "en": "this is no Word document, or it is cut off; save it as .docx in Word or WPS, or fetch it again",
    },
    "office-missing": {
        "zh": "读取 {suffix} 需要 LibreOffice，本机没有找到；请安装 LibreOffice，或用 Word、WPS 另存为 .docx",
        "en": "reading {suffix} needs LibreOffice, not found here; install it, or save as .docx in Word or WPS",
    },
    "office-failed": {
        "zh": "LibreOffice 打不开这份 {suffix} 文件（可能已损坏）；请用 Word 或 WPS 打开并修复，另存为 .docx",
        "en": "LibreOffice cannot open this {suffix} file (damaged?); repair it in Word or WPS, save it as .docx",
    },
    "office-too-slow": {
        "zh": "LibreOffice 转换超过 {seconds} 秒，已停止；请用 Word 或 WPS 另存为 .docx",
        "en": "LibreOffice took more than {seconds} seconds and was stopped; save the file as .docx in Word or WPS",
    },
    "read-through-office": {
        "zh": "这份 {suffix} 文件经 LibreOffice 转换后读取，自动编号可能与 Word 显示的不同；请核对编号，或另存为 .docx",
        "en": "this {suffix} file was read through LibreOffice, automatic numbers may differ from Word's; check them, "
        "or save it as .docx",
    },
    "word-97": {
        "zh": "这是旧版 Word 格式（.doc）；请用 Word 或 WPS 打开，另存为 .docx",
        "en": "this is the old Word format (.doc); open it in Word or WPS and save it as .docx",
    },
    "word-encrypted": {
        "zh": "文档有打开密码；请在 Word 或 WPS 中取消密码后再检查",
        "en": "the document needs a password to open; remove the password in Word or WPS first",
    },
    "word-no-document": {
        "zh": "压缩包里没有 Word 正文（document.xml）；请确认是 Word 文档，再另存为 .docx",
        "en": "the package holds no Word text (document.xml); make sure it is a Word document and save it as .docx",
    },
    "word-damaged": {
        "zh": "Word 文档已损坏（{part}）；请用 Word 或 WPS 打开并修复，再另存为 .docx",
        "en": "the Word document is damaged ({part}); open and repair it in Word or WPS, then save it as .docx",
    },
    "word-foreign-xml": {
        "zh": "{part} 含有 Word 不会写入的 XML 声明，为安全起见不读取；请用 Word 或 WPS 打开，另存为 .docx",
        "en": "{part} declares XML that Word never writes, not read for safety; save it as .docx in Word or WPS",
    },
    "word-too-big": {
        "zh": "解压后的内容过大（上限 {limit} MB）；请确认来源可靠，或拆分文档",
        "en": "the unpacked content is too large (limit {limit} MB); check where it comes from, or split the document",
    },
    "word-too-long": {
        "zh": "文档的标记过多（上限 {limit} 万个）；请确认来源可靠，用 Word 或 WPS 另存一份，或拆分文档",
        "en": "the document has too many tags (limit {limit}0,000); check its source, save it anew, or split it",
    },
    "too-much-text": {
        "zh": "段落和单元格过多（上限 {limit} 个），不像合同；请确认来源可靠，或拆分后再检查",
        "en": "more paragraphs and cells than any contract has (limit {limit}); check where it comes from, or split it",
    },
    "word-too-many-parts": {
        "zh": "压缩包里的部件过多（上限 {limit} 个）；请用 Word 或 WPS 另存一份再检查",
        "en": "the package has too many parts (limit {limit}); save it anew in Word or WPS",
    },
    "tracked-changes-final": {
        "zh": "有修订痕迹（插入 {insertions} 处，删除 {deletions} 处），已按接受全部修订后的文本检查",
        "en": "tracked changes ({insertions} insertions, {deletions} deletions) were read as if all were accepted",
    },
    "tracked-changes-original": {
        "zh": "有修订痕迹（插入 {insertions} 处，删除 {deletions} 处），已按修订前的原文检查",
        "en": "tracked changes ({insertions} insertions, {deletions} deletions) were read as if all were rejected",
    },
    "hidden-text": {
        "zh": "有 {count} 个字被设为隐藏，没有纳入检查，请核对：“{text}”",
        "en": "{count} characters are set as hidden and were left out; look at them: “{text}”",
    },
    "faint-text": {
        "zh": "有 {count} 个字印出来看不见（白色，或极小的字号），已纳入检查，请核对：“{text}”",
        "en": "{count} characters cannot be seen on the page (white, or tiny), and were checked: “{text}”",
    },
    "date-fields": {
        "zh": "有 {count} 处日期会随打开、保存或打印自动变化；请在 Word 中选中后按 Ctrl+Shift+F9 改为固定文字",
        "en": "{count} dates change by themselves when opened, saved or printed; fix them in Word (Ctrl+Shift+F9)",
    },
    "macros-ignored": {
        "zh": "文档带有宏，没有运行也没有检查；请确认来源可靠，或另存为 .docx",
        "en": "the document carries macros, neither run nor looked at; make sure of its source, or save it as .docx",
    },
    "suspicious-characters": {
        "zh": "有 {count} 个看不见的字符夹在字词或数字中间（{which}），可能有意避开查找或改变显示，已去除后再检查；"
        "请核对这些地方，并向对方索要干净的文本：“{places}”",
        "en": "{count} invisible characters stand inside words or numbers ({which}), perhaps to escape a search or to "
        "change what is shown; they were taken out. Look at these places and ask for a clean text: “{places}”",
    },
    "look-alike-letters": {
        "zh": "有 {count} 个单词混用了外形相同的其他字母（{which}），可能有意避开查找；请核对并改正：“{places}”",
        "en": "{count} words mix letters of other scripts that look like Latin ones ({which}), perhaps to escape a "
        "search; look at them and write Latin letters: “{places}”",
    },
    "unknown-symbols": {
        "zh": "有 {count} 个符号字体的字符无法识别，显示为 �；请核对原文件",
        "en": "{count} characters of a symbol font are not known and shown as �; check the original file",
    },
    "pictures-not-read": {
        "zh": "有 {count} 张整页大小的图片没有读取，里面可能有文字；请人工核对",
        "en": "{count} pictures of page size were not read and may hold text; look at them yourself",
    },
    "embedded-not-read": {
        "zh": "有 {count} 处嵌入的其他文档、图表或图示没有读取；请人工核对，或在 Word 中把内容转成正文后另存",
        "en": "{count} embedded documents, charts or diagrams were not read; look at them yourself",
    },
    "web-damaged": {
        "zh": "网页文件已损坏、嵌套过深，或里面没有网页正文；请用浏览器打开，另存为 PDF，或复制到 Word 中另存",
        "en": "the web page is damaged, nested too deeply, or holds no page; open it in a browser and print it to PDF",
    },
    "not-a-pdf": {
        "zh": "扩展名是 .pdf，内容却不是 PDF；请确认文件是否下载完整或改错了扩展名，再重新导出",
        "en": "named .pdf but not a PDF inside; check the download and the name, then export it again",
    },
    "pdf-damaged": {
        "zh": "PDF 已损坏，无法打开（可能没有下载完整）；请重新导出或重新下载",
        "en": "the PDF is damaged and cannot be opened (cut off on the way?); export or download it again",
    },
    "pdf-password": {
        "zh": "PDF 设有打开密码；请先用密码打开，另存为不加密的副本再检查",
        "en": "the PDF needs a password to open; save a copy without one and check that",
    },
    "too-many-pages": {
        "zh": "PDF 有 {pages} 页，上限 {limit} 页；请拆分后再检查",
        "en": "the PDF has {pages} pages, the limit is {limit}; split it first",
    },
    "pdf-cut": {
        "zh": "PDF 结尾不完整，后面可能有内容没有读到；请重新导出或重新下载后再检查一遍",
        "en": "the end of the PDF is missing, so text may be too; export or download it again and check once more",
    },
    "page-damaged": {
        "zh": "这一页已损坏，没有读到；请重新导出或重新下载",
        "en": "this page is damaged and was not read; export or download the file again",
    },
    "page-empty": {
        "zh": "这一页没有任何内容（可能没有导出成功，或文件已损坏）；请核对原件，重新导出或重新下载",
        "en": "nothing is on this page (a failed export, or damage); look at the original, export or download it again",
    },
    "page-without-text": {
        "zh": "这一页是扫描件或图片，没有文字可读，未做检查；请安装文字识别 OCR（pip install 'hetong[ocr]'）后再检查"
        "（不加 --ocr never），或向对方索取电子版",
        "en": "this page is a scan or picture without text, not checked; install recognition (pip install "
        "'hetong[ocr]') and check again (without --ocr never), or ask for the digital file",
    },
    "unusable-text-layer": {
        "zh": "这一页的文字编码无法还原（复制出来是乱码），未做检查；请重新导出，或安装文字识别 OCR（pip install "
        "'hetong[ocr]'）后再检查（不加 --ocr never）",
        "en": "the text of this page has no usable encoding and was not checked; export it again, or install "
        "recognition (pip install 'hetong[ocr]') and check again (without --ocr never)",
    },
    "ocr-not-installed": {
        "zh": "这是图片，读取它要用文字识别，还没有安装；请运行 pip install 'hetong[ocr]'，或向对方索取电子版",
        "en": "this is a picture, and recognition is not installed; run pip install 'hetong[ocr]', or ask for the "
        "digital file",
    },
    "ocr-not-wanted": {
        "zh": "这是图片，只能通过文字识别读取；请去掉 --ocr never",
        "en": "this is a picture, which only recognition can read; leave --ocr never out",
    },
    "picture-too-large": {
        "zh": "图片过大（超过 {limit} 百万像素）；请以 200 至 300 dpi 重新扫描，或缩小后再检查",
        "en": "the picture is too large (more than {limit} million pixels); scan it at 300 dpi, or shrink it",
    },
    "picture-damaged": {
        "zh": "图片已损坏或不是所称的格式，无法打开；请重新扫描、重新导出或重新下载",
        "en": "the picture is damaged or not of the format its name says; scan, export or download it again",
    },
    "ocr-unread-ink": {
        "zh": "这里有字迹没有识别出来，未做检查；请对照原件查看这一处",
        "en": "ink here was not read and not checked; look at this place of the original",
    },
    "ocr-picture": {
        "zh": "这里有图形、手写或印章没有识别；请对照原件查看这一处",
        "en": "a picture, handwriting or stamp here was not read; look at this place of the original",
    },
    "ocr-seal": {
        "zh": "这里有红色印章，没有识别印章文字；请核对印章与签约主体是否一致",
        "en": "the words of a red seal here were not read; check that it is the party's",
    },
    "ocr-table-as-lines": {
        "zh": "这里的表格没有认出格线，按行读出，各格的对应关系可能不对；请对照原件核对",
        "en": "the table here was not made out and read line by line, so cells may be mixed up; compare the original",
    },
    "ocr-too-many": {
        "zh": "这一页没有识别，未做检查：一份文件最多识别 500 页；请拆分后再检查",
        "en": "this page was not recognised and not checked: at most 500 pages of a file are; split the file",
    },
    "ocr-doubtful": {
        "zh": "这里的识别把握不大，可能有错字：“{text}”；请对照原件核对",
        "en": "recognition is not sure here and may be wrong: “{text}”; compare it with the original",
    },
    "ocr-to-check": {
        "zh": "本页文字由识别得到，其中金额、比例、日期 {count} 处须对照原件核对：{items}",
        "en": "this page was recognised from a picture; compare its {count} amounts, rates and dates with the "
        "original: {items}",
    },
    "xfa-form": {
        "zh": "这是 XFA 动态表单，内容不在页面里，没有读到；请用 Adobe Acrobat 打开并打印为普通 PDF 后再检查",
        "en": "an XFA form keeps its content outside of the pages, so it was not read; print it to a PDF with Acrobat",
    },
    "attachments-not-read": {
        "zh": "PDF 内附带 {count} 个文件，没有读取；请另存后单独检查",
        "en": "{count} files are attached inside the PDF and were not read; save them and check them by themselves",
    },
    "table-not-parsed": {
        "zh": "这一页有一张没有竖线的表格，只逐行读出文字，没有分出单元格；请对照原件核对表中数据",
        "en": "a table without vertical rulings was read by lines, not by cells; compare its figures with the page",
    },
    "no-text": {
        "zh": "文件里没有任何文字；请检查是否导出成功",
        "en": "the file holds no text; check that it was exported properly",
    },
    "no-drafts": {
        "zh": "文件夹里没有可以检查的草稿；请放入以下格式之一：{known}",
        "en": "the folder holds no draft to scan; put in files of one of {known}",
    },
    "unwritable": {
        "zh": "无法写入（{detail}）；请检查权限和磁盘空间，或用 -o 换一个文件夹",
        "en": "cannot be written ({detail}); check permissions and disk space, or choose another folder with -o",
    },
    "output-is-a-file": {
        "zh": "无法写入：这里已有一个文件，不是文件夹；请移走它，或用 -o 换一个文件夹",
        "en": "cannot be written: a file stands where the folder should be; move it, or name another folder with -o",
    },
    "stdout-closed": {
        "zh": "标准输出无法写入（{detail}），结果不完整；请检查磁盘空间后重新运行",
        "en": "standard output cannot be written ({detail}), the result is not whole; check disk space, run again",
    },
    "crashed": {
        "zh": "读取这份文件时进程崩溃，其余文件不受影响；请用 Word 或 WPS 另存一份再试",
        "en": "the process crashed over this file, the others are not affected; save it anew and try again",
    },
    "too-slow": {
        "zh": "超过了时限（{seconds} 秒），已停止，其余文件不受影响；请确认来源可靠，拆分再试，或用 --time-limit 放宽",
        "en": "took more than its time ({seconds} s) and was stopped, the others are not affected; check where "
        "it comes from, split it, or allow more with --time-limit",
    },
    "out-of-memory": {
        "zh": "读取这份文件需要的内存过多，已停止，其余文件不受影响；请确认来源可靠，拆分后再检查",
        "en": "needs too much memory and was stopped, the others are not affected; check where it comes from, "
        "or split it",
    },
    "internal-error": {
        "zh": "程序内部错误（{kind}: {detail}），其余文件不受影响；请把这一行报告给维护者",
        "en": "internal error ({kind}: {detail}), other files are not affected; report this line to the maintainers",
    },
    "stance-unknown": {
        "zh": "看不出 {label} 在本合同中是买方还是供方，已按中立立场判断；请改用 --stance buyer 或 supplier",
        "en": "cannot tell whether {label} buys or supplies here, judged as neutral; use --stance buyer or supplier",
    },
    "train-nothing": {
        "zh": "没有说要训练什么；请用 -o 给出要素模型的文件夹，或用 --detectors 给出检测器的文件夹，也可两者都给",
        "en": "nothing to train; name a folder of the element model with -o, of detectors with --detectors, or both",
    },
    "output-needed": {
        "zh": "请用 -o 指定报告文件夹；只要 JSON 时用 --format json",
        "en": "name a folder for the report with -o, or ask for --format json",
    },
    "rules-tested": {
        "zh": "{rules} 条规则，{cases} 个例句，{wrong} 个不符",
        "en": "{rules} rules, {cases} cases, {wrong} wrong",
    },
    "rule-dead": {
        "zh": "与其他规则一起运行时从不说话，连自己的例句也由别的规则报告",
        "en": "never speaks when all rules run together, not even on its own examples",
    },
    "rule-untested": {
        "zh": "没有例句用到第 {words} 种写法",
        "en": "no example tries its ways of matching {words}",
    },
    "rule-together": {
        "zh": "总是与 {words} 同时命中",
        "en": "always fires together with {words}",
    },
    "rule-slow": {
        "zh": "文本变长时此模式变慢得更快：{words}",
        "en": "this pattern gets slower faster than the text gets longer: {words}",
    },
    "rules-checked": {
        "zh": "{rules} 条规则，{remarks} 处需要看",
        "en": "{rules} rules, {remarks} things to look at",
    },
    "unknown-rule": {
        "zh": "没有编号或名称为 {rule} 的规则；用 hetong rules list 查看全部规则",
        "en": "there is no rule {rule}; see all rules with hetong rules list",
    },
    "nothing-labelled": {
        "zh": "这里没有带要素标注的条款",
        "en": "there are no clauses labelled with an element here",
    },
    "learned-from": {
        "zh": "注意：所评 {count} 份合同中有 {known} 份是模型学过的（{names}），数字偏高，不代表新合同；"
        "模型在未见过的合同上的成绩见 {card} 的 held_out",
        "en": "careful: the model learned from {known} of these {count} contracts ({names}), so the figures flatter it "
        "and say nothing about new contracts; how it does on contracts it has not seen is in {card}, held_out",
    },
    "learned-unknown": {
        "zh": "注意：{card} 没有写明模型学过哪些合同，无法判断所评合同是否学过",
        "en": "careful: {card} does not say which contracts the model learned from; it may know some of these",
    },
    "labelled-too": {
        "zh": "（次要要素中有此项）",
        "en": " (one of its secondary elements)",
    },
    "measured-at": {
        "zh": "数字已写入 {path}",
        "en": "figures written to {path}",
    },
    "no-numbering": {
        "zh": "没有识别到任何条款编号，只能按标题和段落划分；请核对原文是否有编号",
        "en": "no clause numbers found, the text is divided by headings and paragraphs; check whether it has numbers",
    },
    "tender-document": {
        "zh": "这是招标（采购）文件，不是合同；只对这些部分判断了风险：{judged}。未判断风险：{rest}；请人工阅读",
        "en": "a tender document, no contract; judged for risks: {judged}. Not judged: {rest}; read these yourself",
    },
    "tender-document-whole": {
        "zh": "这是招标（采购）文件，没有找到合同条款所在的章，全文已按合同判断；投标须知、文件格式等处的提示多不适用",
        "en": "a tender document without a chapter for the contract, all of it was judged as one; much will not apply",
    },
    "law-elsewhere": {
        "zh": "这份合同看来适用{area}法律；提示引用的法律依据都是中国内地的，只供参考，请由熟悉当地法律的人核对",
        "en": "this contract seems to be under the law of {place}; the laws cited in findings are those of mainland "
        "China, for orientation only; have them checked by someone who knows the local law",
    },
    "extra-missing": {
        "zh": '这种格式需要 {module}；请先安装：pip install "hetong[{extra}]"',
        "en": 'this format needs {module}; install it first: pip install "hetong[{extra}]"',
    },
    "rows-written": {
        "zh": "{count} 行已写入 {path}",
        "en": "{count} rows written to {path}",
    },
    "no-splits": {
        "zh": "这里没有 splits.csv，无法按 --split 选取",
        "en": "there is no splits.csv to choose by --split",
    },
    "training-missing": {
        "zh": '训练需要 {module}；请先安装：pip install "hetong[train]"',
        "en": 'training needs {module}; install it first: pip install "hetong[train]"',
    },
}


def say(code: str, lang: Lang = "zh", **values: object) -> str:
    """The sentence for a code, in a language, with its values filled in.

    Raises:
        KeyError: the code is unknown, which is a mistake of the programmer, not of a file.
    """
    return MESSAGES[code][lang].format(**values)
