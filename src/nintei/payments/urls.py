from django.urls import path

from nintei.payments import office, office_books, office_files, office_payers, office_refunds, portal

app_name = "payments"
urlpatterns = [
    path("office/payments", office.index, name="office"),
    path("office/payments/files/<uuid:pk>", office_files.preview, name="preview"),
    path("office/payments/files/<uuid:pk>/forget", office_files.forget, name="forget"),
    path("office/payments/files/<uuid:pk>/columns", office_files.columns, name="columns"),
    path("office/payments/runs/<uuid:pk>", office_files.run, name="run"),
    path("office/payments/tables", office_files.tables, name="tables"),
    path("office/payments/tables/<uuid:pk>/forget", office_files.forget_table, name="forget_table"),
    path("office/payments/open", office.still_open, name="open"),
    path("office/payments/lines/<int:pk>", office.line, name="line"),
    path("office/payments/matches/<uuid:pk>/undo", office.undo, name="undo"),
    path("office/payments/matches/<uuid:pk>/ask", office_refunds.ask_undo, name="ask_undo"),
    path("office/payments/lines/<int:pk>/refund", office_refunds.refund_line, name="refund_line"),
    path("office/payments/refunds", office_refunds.refunds, name="refunds"),
    path("office/payments/refunds/<uuid:pk>", office_refunds.refund, name="refund"),
    path("office/payments/approvals/<uuid:pk>", office_refunds.decide, name="decide"),
    path("office/payments/account", office_refunds.account, name="account"),
    path("office/payments/receipts", office_refunds.receipts, name="office_receipts"),
    path("office/payments/receipts/copies/<int:pk>", office_refunds.copy_pdf, name="copy"),
    path("office/payments/books", office_books.books, name="books"),
    path("office/payments/books/entries", office_books.entries, name="entries"),
    path("office/payments/books/export", office_books.export, name="export"),
    path("my/receipts", portal.receipts, name="receipts"),
    path("my/receipts/<uuid:pk>", portal.receipt_pdf, name="receipt"),
    path("office/payments/payers", office_payers.index, name="payers"),
    path("office/payments/agreements/<uuid:pk>/end", office_payers.end, name="end_agreement"),
    path("office/payments/payers/<uuid:pk>/forget", office_payers.forget, name="forget_payer"),
]
